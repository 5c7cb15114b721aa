"""What `oma status` says after a look of its own."""

import json
from types import SimpleNamespace

import pytest
import trio

from oma.cli import status_look
from oma.model.health import Ending, Health, Verdict
from tests.unit.tui.fleets import agent, state, verdict


@pytest.fixture
def look(monkeypatch):
    """Make a look give these agents."""

    def look(*agents):
        async def look_once(context):
            await trio.lowlevel.checkpoint()
            store = SimpleNamespace(state=state(*agents))
            return SimpleNamespace(store=store, started_at="2026-11-20T12:00:00+00:00")

        monkeypatch.setattr(status_look, "look_once", look_once)

    return look


def test_where_there_is_no_server_that_is_said():
    assert status_look.look({}) == "no tmux server is running"


def test_where_there_are_no_agents_it_is_said_what_would_be_one(look):
    look()

    told = status_look.look({"match": "x*"})
    assert "no agents: no session has a name that matches 'x*'" in told


def test_every_agent_is_a_row_that_no_agent_can_break(look):
    look(
        agent(1, "a", verdict=verdict(Health.STUCK, "error-text", "x\x1b[2J\n" + "y" * 200)),
        agent(2, "longer", active_s=95.0),
    )

    head, first, second = status_look.look({}).splitlines()
    assert head.split() == ["AGENT", "HEALTH", "ACTIVE", "PROFILE", "WHY"]
    assert first.split()[:4] == ["oma-agent-a", "STUCK", "1m", "generic"]
    assert "\x1b" not in first
    assert len(first[head.index("WHY") :]) == 100
    assert second.split()[:3] == ["oma-agent-longer", "OK", "5s"]


def test_columns_stand_in_line_under_names_of_any_script(look):
    look(agent(1, "修正", health=Health.IDLE), agent(2, "x"))

    head, wide, _ = status_look.look({}).splitlines()

    at = head.index("HEALTH")
    assert wide.index("IDLE") == at - 2  # two characters take two cells each


def test_machines_get_the_server_and_all_of_each_agent(look):
    look(agent(1, "a"))

    told = json.loads(status_look.look({"json": True}))
    assert (told["server"], told["tmux"]) == (True, "3.3a")
    assert [each["agent"] for each in told["agents"]] == ["oma-agent-a"]


def test_when_a_failure_ends_stands_beside_its_reason(look):
    fails = Verdict(Health.STUCK, "quota", "x/error", "limit", 0.0, Ending("3pm\x1b"))
    look(agent(1, "a", verdict=fails))

    assert status_look.look({}).splitlines()[1].endswith("quota until 3pm␛: limit")
