"""A list that is changed where agents have is the list that is made anew."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health
from oma.tui import agent_totals, kept_listing
from oma.tui.columns import DEFAULT_COLUMNS, Column
from oma.tui.grouping import Grouping
from oma.tui.kept_listing import KeptListing, ListWanted
from oma.tui.ordering import Order, rank_of
from tests.unit.tui.fleets import PREFIX, agent, agents, fleet_of, fleets, listing, verdict

MANY = tuple(fleet_of(40))


def wanted():
    return st.builds(
        ListWanted,
        st.sampled_from(["", "health:ok", "a"]),
        grouping=st.sampled_from(Grouping),
        order=st.sampled_from(Order),
        snoozed=st.sampled_from([frozenset(), frozenset({"$3", "%3"})]),
    )


def shown(found):
    totals = found.totals
    return (
        found.entries, found.agents, found.widths, found.needs, +totals.healths, totals.lost,
        totals.sampled, totals.memory_bytes, totals.cpu_percent,
    )  # fmt: skip


def otherwise(each, other, *, lost):
    """The agent as another one is, in its own place."""
    return attrs.evolve(
        each, verdict=other.verdict, branch=other.branch, cpu_percent=other.cpu_percent,
        columns=other.rows, project=other.project, lost=lost,
    )  # fmt: skip


@given(
    fleets(), st.lists(st.tuples(st.integers(0, 99), agents(), st.booleans())), wanted(), wanted()
)
def test_a_list_of_changed_agents_is_the_list_that_is_made_anew(fleet, changes, before, after):
    kept, now = KeptListing(), [*MANY, *fleet]
    kept.of(tuple(now), before, DEFAULT_COLUMNS, PREFIX)
    for at, other, flag in changes:
        place = at % len(now)
        if other.gone or at > 80:
            del now[place]
        elif at > 70:
            now.append(attrs.evolve(other, host="box", id=f"%{at}"))
        else:
            now[place] = otherwise(now[place], other, lost=flag)
        for asked in (before, after):
            found = kept.of(tuple(now), asked, DEFAULT_COLUMNS, PREFIX)
            assert shown(found) == shown(listing(now, **attrs.asdict(asked, recurse=False)))


def test_who_is_as_before_is_neither_sorted_nor_measured_again(monkeypatch):
    ranked = []

    def noted_rank_of(order, snoozed):
        return lambda each: (
            ranked.append(each.id)
            or (False, 0.0, (False, 0, False, 0.0), ("", int(each.id[1:]), 0))
        )

    monkeypatch.setattr(kept_listing, "rank_of", noted_rank_of)
    kept = KeptListing()
    first = kept.of(MANY, ListWanted(), DEFAULT_COLUMNS, PREFIX)
    assert len(ranked) == len(MANY)
    assert kept.of(MANY, ListWanted(), DEFAULT_COLUMNS, PREFIX) is first

    ranked.clear()
    waits = attrs.evolve(MANY[7], verdict=verdict(Health.WAITING))
    kept.of((*MANY[:7], waits, *MANY[8:]), ListWanted(), DEFAULT_COLUMNS, PREFIX)
    assert ranked == [waits.id]

    ranked.clear()
    kept.of(MANY[1:], ListWanted(), DEFAULT_COLUMNS, PREFIX)
    assert ranked == [MANY[7].id]


def test_who_has_only_been_active_is_neither_sorted_nor_measured_again(monkeypatch):
    measured, ranked = [], []
    monkeypatch.setattr(
        agent_totals, "measured_text", lambda each, *_: measured.append(each) or each.name
    )
    monkeypatch.setattr(
        kept_listing, "rank_of", lambda *of: lambda each: ranked.append(each) or rank_of(*of)(each)
    )
    for order in (Order.NEED, Order.ACTIVITY):
        kept, wanted = KeptListing(), ListWanted(order=order)
        kept.of(MANY, wanted, DEFAULT_COLUMNS, PREFIX)
        measured.clear()
        ranked.clear()
        active = attrs.evolve(MANY[7], active_s=99.0)
        costly = attrs.evolve(MANY[8], cpu_percent=50.0)
        found = kept.of((*MANY[:7], active, costly, *MANY[9:]), wanted, DEFAULT_COLUMNS, PREFIX)
        assert active not in measured
        assert costly in measured
        assert ranked == ([costly] if order is Order.NEED else [active, costly])
        assert active in found.agents


def test_other_columns_are_measured_anew():
    kept = KeptListing()
    kept.of(MANY, ListWanted(), (Column.NAME,), PREFIX)

    assert kept.of(MANY, ListWanted(), (Column.KIND,), PREFIX).widths == {Column.KIND: 6}
    assert kept.of((agent(1),), ListWanted(), (Column.KIND,), PREFIX).widths == {Column.KIND: 4}
    assert kept.of((), ListWanted(), (Column.KIND,), PREFIX).widths == {Column.KIND: 0}
