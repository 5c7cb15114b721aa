"""What is counted of agents that come and go."""

import attrs

from oma.model.health import Health
from oma.tui.agent_totals import AgentTotals
from oma.tui.columns import Column
from tests.unit.tui.fleets import PREFIX, agent

COSTLY = agent(1, "a-long-name", cpu_percent=0.1, rss_bytes=1 << 20, sampled="slow")
ENDED = agent(2, "日本語", Health.EXITED, cpu_percent=50.0, rss_bytes=9 << 20, columns=300)
LOST = agent(3, lost=True, cpu_percent=7.0)


def test_those_that_live_and_are_reached_cost_and_every_name_needs_room():
    totals = AgentTotals((Column.NAME, Column.BRANCH), PREFIX)
    totals.change((), [COSTLY, ENDED, LOST])

    assert totals.healths == {Health.OK: 1, Health.EXITED: 1}
    assert (totals.lost, totals.sampled) == (1, 1)
    assert (totals.cpu_percent, totals.memory_bytes) == (0.1, 1 << 20)
    assert totals.widths == {Column.NAME: 11, Column.BRANCH: 0}
    assert totals.screen_columns == 300


def test_nothing_is_left_of_agents_that_have_gone():
    totals = AgentTotals((Column.NAME,), PREFIX)
    totals.change((), [COSTLY] * 3)
    totals.change([COSTLY] * 3, [attrs.evolve(ENDED, cpu_percent=None)])

    assert (totals.cpu_percent, totals.memory_bytes, totals.sampled) == (None, 0, 0)
    assert totals.widths == {Column.NAME: 6}
