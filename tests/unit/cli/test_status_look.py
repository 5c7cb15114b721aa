"""What `oma status` says after a look of its own."""

import re
from types import SimpleNamespace

import pytest

from oma.cli import status_look
from oma.cli.option_values import GlobalOptions
from oma.cli.status_look import Layout, layout_asked, look_for_document, look_for_text
from oma.model.health import Ending, Health, Verdict
from oma.tui.cells import cells
from tests.unit.tui.fleets import agent, state, verdict


@pytest.fixture
def look(monkeypatch):
    """Make a look give these agents."""

    def look(*agents):
        def look_now(context):
            store = SimpleNamespace(state=state(*agents))
            return SimpleNamespace(store=store, started_at="2026-11-20T12:00:00+00:00")

        monkeypatch.setattr(status_look, "look_now", look_now)

    return look


def test_where_there_is_no_server_that_is_said():
    assert look_for_text(GlobalOptions()) == "no tmux server is running"
    there = look_for_text(GlobalOptions(socket_path="/no/such"))
    assert there == "no tmux server is running at /no/such"


def test_where_there_are_no_agents_it_is_said_what_would_be_one(look):
    look()

    told = look_for_text(GlobalOptions(match="x*"))
    assert "no agents: no session has a name that matches 'x*'" in told


def test_every_agent_is_a_row_that_no_agent_can_break(look):
    look(
        agent(1, "a", verdict=verdict(Health.STUCK, "error-text", "x\x1b[2J\n" + "y" * 200)),
        agent(2, "longer", active_s=95.0),
    )

    head, first, second = look_for_text(GlobalOptions()).splitlines()
    assert head.split() == ["AGENT", "HEALTH", "ACTIVE", "PROFILE", "WHY"]
    assert first.split()[:4] == ["oma-agent-a", "STUCK", "1m", "generic"]
    assert "\x1b" not in first
    assert len(first[head.index("WHY") :]) == 100
    assert second.split()[:3] == ["oma-agent-longer", "OK", "5s"]


def test_columns_stand_in_line_under_names_of_any_script(look):
    look(agent(1, "修正", health=Health.IDLE), agent(2, "x"))

    head, wide, _ = look_for_text(GlobalOptions()).splitlines()

    at = head.index("HEALTH")
    assert wide.index("IDLE") == at - 2  # two characters take two cells each


def test_machines_get_the_server_and_all_of_each_agent(look):
    look(agent(1, "a"))

    told = look_for_document(GlobalOptions())
    assert (told["server"], told["tmux"]) == (True, "3.3a")
    assert [each["agent"] for each in told["agents"]] == ["oma-agent-a"]


def test_when_a_failure_ends_stands_beside_its_reason(look):
    fails = Verdict(Health.STUCK, "quota", "x/error", "limit", 0.0, Ending("3pm\x1b"))
    look(agent(1, "a", verdict=fails))

    assert look_for_text(GlobalOptions()).splitlines()[1].endswith("quota until 3pm␛: limit")


def test_a_terminal_gets_lines_that_fit_and_healths_in_colours(look):
    look(agent(1, "a", verdict=verdict(Health.STUCK, "error-text", "日" * 200)), agent(2, "b"))

    plain = look_for_text(GlobalOptions(), Layout(60)).splitlines()
    coloured = look_for_text(GlobalOptions(), Layout(60, colours=True)).splitlines()

    assert max(map(cells, plain)) in {59, 60}
    assert plain[1].endswith("…")
    assert "\x1b[1;31mSTUCK \x1b[0m" in coloured[1]
    assert "\x1b[32mOK    \x1b[0m" in coloured[2]
    assert [re.sub("\x1b[^m]*m", "", line) for line in coloured] == plain


@pytest.mark.parametrize(
    ("asked", "layout"),
    [
        ({}, Layout()),
        ({"columns": 80, "colours": True}, Layout(80, colours=True)),
        ({"columns": 10**9, "colours": "yes"}, Layout()),
        ({"columns": None}, Layout()),
    ],
)
def test_a_request_to_the_service_asks_for_a_layout(asked, layout):
    assert layout_asked(asked) == layout
