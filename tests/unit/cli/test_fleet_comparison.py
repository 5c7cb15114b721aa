"""An agent that is there is compared with its file: program, place and group."""

from types import SimpleNamespace

import attrs
import pytest

from oma.cli import fleet_comparison
from oma.cli.cli_context import read_context
from oma.cli.fleet_comparison import FleetComparison
from oma.cli.fleet_plan import Difference, FoundAgent
from oma.cli.option_values import GlobalOptions
from oma.config.agents_file import FleetAgent
from oma.config.profiles import packaged_profiles
from oma.detection.profile import GENERIC
from oma.errors import ConfigError
from oma.model.health import Health
from tests.support.git_repository import GitRepository
from tests.unit.runtime.agents.test_fleet_keeper import Row
from tests.unit.tui.fleets import agent, state

NAME = "oma-agent-bob"
UUID = "0199a213-81c0-7800-8aa1-bbab2a035a53"


@attrs.define
class World:
    """An agent that is there: itself, what its pane runs and where it began."""

    agent: object
    place: str
    started: str = '"claude"'


def look_at(*agents):
    """Return what a look finds, as far as it matters here."""
    store = SimpleNamespace(state=state(*agents))
    return SimpleNamespace(store=store, rules=SimpleNamespace(profiles=packaged_profiles()))


@pytest.fixture
def world(monkeypatch, tmp_path):
    """Give the agent."""
    world = World(agent(1, name="bob", profile="claude"), str(tmp_path))

    async def look_once(context):
        return look_at(world.agent)

    async def start_place(server, pane):
        return "", world.place

    monkeypatch.setattr(fleet_comparison, "look_once", look_once)
    monkeypatch.setattr(fleet_comparison, "start_place", start_place)
    return world


@pytest.fixture
def differs(world, tmp_path):
    """Give a function that compares the agent with what a file says."""

    async def differs(session=NAME, **wanted):
        comparison = FleetComparison(read_context(GlobalOptions()), tmp_path)
        rows = (Row(world.agent.pane, NAME, world.started),)
        return await comparison.found(session, FleetAgent("bob", **wanted), rows)

    return differs


def test_a_profile_names_the_command(tmp_path):
    comparison = FleetComparison(read_context(GlobalOptions()), tmp_path)
    assert comparison.command(FleetAgent("a", profile="codex")) == "codex"
    assert comparison.command(FleetAgent("a")) == "claude"
    for profile in ("nobody", "generic"):
        with pytest.raises(ConfigError, match=f"agent 'a': unknown profile '{profile}'"):
            comparison.command(FleetAgent("a", profile=profile))


PROGRAMS = [
    # kind, its line, what the file says, how it differs
    ("claude", '"claude"', {}, None),
    ("claude", '"claude"', {"profile": "claude"}, None),
    ("claude", '"claude --model x"', {"profile": "claude"}, None),
    ("claude", f'"claude --resume {UUID}"', {"command": "claude --model x"}, None),
    ("claude", '"claude --continue"', {"command": "claude --model x"}, None),
    ("codex", f'"codex resume {UUID}"', {"command": "codex --yolo"}, None),
    ("codex", '"codex"', {"profile": "claude"}, Difference("profile", "codex", "claude")),
    ("codex", '"codex"', {}, Difference("command", "codex", "claude")),
    ("claude", '"claude -y"', {"command": "claude"}, Difference("command", "claude -y", "claude")),
    (GENERIC, '"make"', {"profile": "claude"}, Difference("command", "make", "claude")),
    (GENERIC, "", {}, None),
]


async def test_another_program_is_told_and_one_that_goes_on_is_none(differs, world):
    for kind, started, wanted, difference in PROGRAMS:
        world.agent = agent(1, name="bob", profile=kind)
        world.started = started
        found = await differs(**wanted)
        assert found.program == (() if difference is None else (difference,)), (started, wanted)


async def test_another_directory_is_told_whatever_the_words_for_it(differs, world, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    for directory in (".", str(tmp_path), "link", f"../{tmp_path.name}"):
        assert (await differs(directory=directory)).program == ()
    elsewhere = Difference("directory", str(tmp_path), str(tmp_path / "gone"))
    assert (await differs(directory="gone")).program == (elsewhere,)
    world.place = "/srv"
    here = Difference("directory", "/srv", str(tmp_path))
    assert (await differs(directory=".")).program == (here,)


async def test_a_file_that_names_no_directory_has_an_agent_that_is_there_stay_where_it_is(
    differs, world, tmp_path
):
    world.place = "/srv"
    assert (await differs()).program == ()
    assert (await differs(worktree="")).program == (Difference("worktree", "/srv", "bob"),)


async def test_a_worktree_is_that_of_its_branch(differs, world, tmp_path):
    repository = GitRepository.make(tmp_path / "app")
    world.place = str(repository.add_worktree("bob"))
    for wanted, branch in (("", ""), ("bob", ""), ("other", "other")):
        found = await differs(directory="app", worktree=wanted)
        told = (Difference("worktree", world.place, branch),) if branch else ()
        assert found.program == told
    assert (await differs(directory="app")).program[0].what == "directory"
    world.place = str(tmp_path)
    no_git = (Difference("worktree", str(tmp_path), "bob"),)
    assert (await differs(directory=".", worktree="")).program == no_git


async def test_a_group_is_compared_and_one_that_has_ended_is_known(differs, world):
    world.agent = agent(1, name="bob", profile="claude", group="day", health=Health.EXITED)
    found = await differs()
    assert (found.group, found.has_ended) == (Difference("group", "day", ""), True)
    assert (await differs(group="day")).group is None


async def test_one_that_is_not_listed_is_compared_with_nothing(differs):
    assert await differs(session="oma-agent-unlisted", directory="gone") == FoundAgent()
