"""What the fleet says of agents that talk of errors, through the bytes of their screens."""

import pytest

from oma.model.events import PaneOutput, SessionOpened
from oma.model.health import Health
from tests.support.false_alarms import AGENTS, TALK
from tests.support.fleet_play import PANE, SESSION, captured, empty, seen

ALARMS = {Health.STUCK, Health.WAITING}


@pytest.mark.parametrize("talk", TALK)
@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.slow
def test_an_agent_that_talks_of_errors_alarms_nobody(agent, talk):
    kind, title, health, screen = AGENTS[agent]
    fleet = empty().at(
        0.0,
        SessionOpened(SESSION, "a"),
        seen(command=kind if kind != "generic" else "node", columns=120, rows=40, idle_s=0.0),
        captured(columns=120, rows=40),
    )
    text = f"\x1b]0;{title}\x07\x1b[2J\x1b[H" + screen(TALK[talk]).replace("\n", "\r\n")
    data = text.encode()

    for number, start in enumerate(range(0, len(data), 7)):  # drawn in pieces
        fleet.at(round(1.0 + number * 0.0005, 6), PaneOutput(PANE, data[start : start + 7]))
    fleet.at(40.0)

    assert [said.verdict for said in fleet.said if said.verdict.health in ALARMS] == []
    assert fleet.said[-1].verdict.health is health
    assert fleet.fleet.snapshot().agents[0].profile == kind
