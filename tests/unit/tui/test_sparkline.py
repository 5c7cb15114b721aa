"""How busy an agent was lately."""

from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health, Transition
from oma.tui.sparkline import BARS, MINUTES, sparkline
from tests.unit.tui.fleets import agent, agents, healths, verdict

NOW_S = 1000.0


def changed(t, source, health, number=1):
    return Transition(t, 1, f"oma-agent-{number}", source, verdict(health), id=f"${number}")


def test_each_bar_is_the_share_of_a_minute_in_which_it_was_ok():
    told = (
        changed(NOW_S - 360, Health.OK, Health.WAITING, 2),
        changed(NOW_S - 240, Health.WAITING, Health.OK),
        changed(NOW_S - 150, Health.OK, Health.IDLE),
    )

    assert sparkline(agent(1, health=Health.IDLE), told, NOW_S) == "  ▁▁█▅▁▁"


def test_what_was_before_it_was_seen_is_blank():
    new = (changed(NOW_S - 90, None, Health.OK),)

    assert sparkline(agent(1), new, NOW_S) == "      ██"
    since = agent(1, verdict=verdict(Health.OK, since_s=NOW_S - 61))
    assert sparkline(since, (), NOW_S) == "      ██"


@given(agents(), st.lists(st.tuples(st.floats(-1e3, 2e3), healths(), healths()), max_size=9))
def test_there_is_a_bar_or_a_blank_for_each_minute(who, changes):
    told = [changed(t, source, health) for t, source, health in sorted(changes)]
    told = [Transition(t.t, 1, t.agent, t.source, t.verdict, id=who.id) for t in told]

    bars = sparkline(who, told, NOW_S)

    assert len(bars) == MINUTES
    assert set(bars) <= {*BARS, " "}
