"""The order of the list."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.config.schema import DashboardSection
from oma.model.health import Health
from oma.tui.ordering import Order
from tests.unit.tui.fleets import agent, agents, listing, verdict

FLEET = (
    agent(1, "b", cpu_percent=3.0, rss_bytes=10, active_s=5.0),
    agent(2, "D", verdict=verdict(Health.STUCK, since_s=2.0), rss_bytes=30, active_s=9.0),
    agent(3, "a", verdict=verdict(Health.WAITING, since_s=4.0), cpu_percent=9.0, active_s=1.0),
    agent(4, "C", cpu_percent=3.0),
)


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        ("need", "3214"), ("name", "3142"), ("waiting", "2314"),
        ("cpu", "3142"), ("memory", "2134" ), ("activity", "2134"),
    ],
)  # fmt: skip
def test_agents_stand_in_the_order_that_a_user_wants(order, numbers):
    assert "".join(each.id[1:] for each in listing(FLEET, order=Order(order)).agents) == numbers


def test_the_key_goes_round_the_orders_that_can_be_configured():
    order, seen = Order.NEED, []
    for _ in Order:
        seen.append(order.value)
        order = order.following
    assert order is Order.NEED
    assert tuple(seen) == attrs.fields(DashboardSection).sort.metadata["kind"].words
    assert len({each.column for each in Order}) == len(Order)


@given(st.lists(agents(), max_size=6, unique_by=lambda each: each.id), st.sampled_from(Order))
def test_no_order_loses_anybody(fleet, order):
    assert sorted(each.id for each in listing(fleet, order=order).agents) == sorted(
        each.id for each in fleet
    )
