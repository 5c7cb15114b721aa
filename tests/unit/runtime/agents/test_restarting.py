"""An agent goes on with its own conversation where that is known, and begins anew where that is meant."""

import attrs
import pytest

from oma.config.profiles import packaged_profiles
from oma.model.ids import PaneId
from oma.runtime.agents import restarting
from oma.runtime.agents.restarting import Restart, RestartPlanner
from tests.unit.runtime.agents.test_fleet_keeper import Row, Store
from tests.unit.tui.fleets import agent, state

UUID = "0199a213-81c0-7800-8aa1-bbab2a035a53"
PANE = PaneId("%1")


@pytest.fixture
def known(monkeypatch):
    """Give what is known: the conversation of the agent, and what its pane was started with."""
    known = {"conversation": UUID, "started": '"claude"'}

    async def conversation_of(server, agent, profile, screen):
        return known["conversation"]

    async def list_panes(server):
        return (Row("%9", "other", '"claude --continue"'), Row("%1", "a", known["started"]))

    monkeypatch.setattr(restarting, "conversation_of", conversation_of)
    monkeypatch.setattr(restarting, "list_panes", list_panes)
    return known


@pytest.fixture
def planner():
    profiles = {profile.name: profile for profile in packaged_profiles()}
    return RestartPlanner(None, "oma-agent-", Store(state()), profiles)


@pytest.mark.parametrize(
    ("kind", "conversation", "line"),
    [
        ("claude", UUID, f"claude --resume {UUID}"),
        ("claude", "", "claude --continue"),
        ("claude", "$(x) y", "claude --continue"),
        ("codex", UUID, f"codex resume {UUID}"),
        ("aider", UUID, "aider --restore-chat-history"),
        ("generic", UUID, ""),
        ("gone", UUID, ""),
    ],
)
async def test_its_own_conversation_goes_on_where_that_is_known(
    planner, known, kind, conversation, line
):
    known["conversation"] = conversation
    asked = await planner.on(agent(1, profile=kind), PANE)
    is_latest = bool(line) and UUID not in line
    assert asked == Restart(line, UUID if UUID in line else "", is_latest)
    assert asked.told == line + (" (latest of the directory)" if is_latest else "")


@pytest.mark.parametrize(
    ("changes", "resume", "line"),
    [
        ({}, "claude --continue", ""),
        ({"profile": "codex"}, "claude --continue", "claude --continue"),
        ({"cwd": "/other"}, "claude --continue", "claude --continue"),
        ({}, "claude --continue {id}", "claude --continue 1"),
    ],
)
async def test_the_latest_of_a_directory_may_be_that_of_another_agent_there(
    planner, known, changes, resume, line
):
    known["conversation"] = ""
    one, other = agent(1, profile="claude"), agent(2, **{"profile": "claude"} | changes)
    claude = attrs.evolve(planner.profiles["claude"], resume=resume)
    planner = attrs.evolve(planner, store=Store(state(one, other)), profiles={"claude": claude})
    is_latest = line == "claude --continue"
    assert await planner.on(one, PANE) == Restart(line, is_latest=is_latest)


async def test_another_conversation_goes_on_where_that_is_meant(planner, known):
    asked = await planner.on(agent(1, profile="claude"), PANE, "other-1")
    assert asked == Restart("claude --resume other-1", "other-1")


@pytest.mark.parametrize(
    ("started", "line"),
    [
        ('"claude"', ""),
        ('"claude --model x"', ""),
        ('"claude --continue"', "claude"),
        (f'"claude --resume {UUID}"', "claude"),
        (f'"claude --resume {UUID} --fork-session"', "claude"),
        ('"claude --resume $(x)"', ""),
        ("", ""),
    ],
)
async def test_what_went_on_with_something_begins_anew_by_its_first_command(
    planner, known, started, line
):
    known["started"] = started
    assert await planner.fresh(agent(1, profile="claude"), PANE) == Restart(line)


async def test_an_agent_of_no_kind_begins_anew_by_what_it_ran(planner, known):
    assert await planner.fresh(agent(1, profile="gone"), PANE) == Restart()


@pytest.mark.parametrize(
    ("kind", "goes_on"), [("claude", True), ("aider", True), ("generic", False), ("gone", False)]
)
def test_a_kind_that_can_go_on_is_known(planner, kind, goes_on):
    assert planner.continues(agent(1, profile=kind)) is goes_on


@pytest.mark.parametrize(("kind", "command"), [("claude", "claude"), ("generic", ""), ("x", "")])
def test_the_first_command_of_a_kind_is_known(planner, kind, command):
    assert planner.first_command(kind) == command
