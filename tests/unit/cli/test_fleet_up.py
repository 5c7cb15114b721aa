"""Agents of a file: what is missing is started with its prompts, what differs is brought to what the file says."""

from pathlib import Path

import pytest

from oma.cli import fleet_comparison, fleet_up
from oma.cli.cli_context import read_context
from oma.cli.fleet_plan import Becomes, Difference, FleetStep, FoundAgent
from oma.cli.fleet_up import FleetStarter
from oma.cli.option_values import GlobalOptions
from oma.cli.queue_task import queue_file
from oma.config.agents_file import FleetAgent
from oma.errors import OmaError
from oma.model.prompts import Addressee
from oma.runtime.git.git_process import NoGitError
from tests.unit.cli.test_fleet_comparison import look_at
from tests.unit.runtime.agents.test_fleet_keeper import Row
from tests.unit.tui.fleets import agent


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Give what is started."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    started = []

    async def start_agent(server, session, directory, command, variables, marks):
        started.append((session, str(directory), command, marks))

    async def list_agents(server, watched):
        return {name: (Row("%3", name),) for name, *_ in started if watched(name)}

    async def server_run(server):
        return "run"

    async def prepare_worktree(options, plan):
        started.append((plan.branch, plan.base))
        return Path("/made")

    for function in (start_agent, list_agents, server_run, prepare_worktree):
        monkeypatch.setattr(fleet_up, function.__name__, function)

    async def look_once(context):
        return look_at()

    monkeypatch.setattr(fleet_comparison, "look_once", look_once)
    return started


@pytest.fixture
def starter(started, tmp_path):
    """Give the starter of a file in a directory."""
    return FleetStarter(read_context(GlobalOptions()), tmp_path)


async def test_an_agent_is_started_where_the_file_says_and_its_prompts_are_queued(
    starter, started, tmp_path
):
    (tmp_path / "app").mkdir()
    agent = FleetAgent(
        "a", command="sh -c x", directory="app", prompts=("one\r\n", "two"), group="g"
    )
    assert (
        await starter.start("oma-agent-a", agent)
        == "started oma-agent-a: sh -c x, 2 prompts queued"
    )
    assert started == [("oma-agent-a", str(tmp_path / "app"), ["sh -c x"], {"@oma_group": "g"})]
    queued = queue_file(starter.context).read().prompts
    assert [(p.to, p.text) for p in queued] == [
        (Addressee("run", "%3", "oma-agent-a", "oma-agent-a"), text) for text in ("one", "two")
    ]
    assert [step.becomes for step in await starter.plan([agent])] == [Becomes.STAYS]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"worktree": ""}, "git is not installed"),
        ({"directory": "nowhere"}, "nowhere"),
        ({"command": "no-such-program"}, "no-such-program"),
    ],
)
async def test_a_plan_says_what_cannot_be_started(starter, monkeypatch, facts, why):
    async def find_worktree(directory):
        raise NoGitError("git is not installed")

    monkeypatch.setattr(fleet_up, "find_worktree", find_worktree)
    (step,) = await starter.plan([FleetAgent("a", **{"command": "sh"} | facts)])

    assert step.words.startswith("oma-agent-a cannot be started: ")
    assert why in step.words


@pytest.mark.parametrize(("worktree", "branch"), [("", "a"), ("fix/it", "fix/it")])
async def test_a_worktree_is_prepared(starter, started, worktree, branch):
    agent = FleetAgent("a", command="sh", worktree=worktree, base="main")
    assert await starter.start("oma-agent-a", agent) == "started oma-agent-a: sh"
    assert started == [
        (branch, "main"),
        ("oma-agent-a", "/made", ["sh"], {"@oma_worktree": "/made"}),
    ]


async def test_one_that_has_ended_at_once_gets_nothing_queued(starter, monkeypatch):
    async def none(server, watched):
        return {}

    monkeypatch.setattr(fleet_up, "list_agents", none)
    with pytest.raises(OmaError, match="has ended at once"):
        await starter.start("oma-agent-a", FleetAgent("a", command="sh", prompts=("x",)))


@pytest.fixture
def changed(starter, monkeypatch):
    """Give what is done to an agent that is there."""
    changed = []

    async def run(client, command, doing=""):
        changed.append([" ".join(each.words()) for each in command.commands])

    async def respawn(server, pane, line, doing, directory):
        changed.append((pane, line, directory))

    async def remember(server, pane, conversation):
        changed.append((pane, conversation))

    monkeypatch.setattr(fleet_up.TmuxClient, "run", run)
    monkeypatch.setattr(fleet_up, "respawn", respawn)
    monkeypatch.setattr(fleet_up, "remember_conversation", remember)
    return changed


GROUP = Difference("group", "day", "night")
DIRECTORY = Difference("directory", "/x", "/")
WANTED = FleetAgent("7", command="sh", directory="/", group="night", prompts=("first",))


async def test_a_group_is_changed_while_the_agent_runs(starter, changed):
    step = FleetStep("a", Becomes.STAYS, WANTED, FoundAgent(agent(7), GROUP, (DIRECTORY,)))
    assert "that is changed" in await starter.carry_out(step)
    assert [given[:2] for given in changed] == [
        ["set-option -t $7 @oma_group night", "set-option -p -u -t %7 @oma_group"],
    ]
    assert changed[0][2].startswith("set-option -g @oma_noted ")


async def test_a_restart_takes_the_place_and_the_program_of_the_file_and_queues_nothing(
    starter, changed
):
    step = FleetStep("a", Becomes.RESTARTED, WANTED, FoundAgent(agent(7), None, (DIRECTORY,)))
    await starter.carry_out(step)
    assert changed == [
        ("%7", ""),
        ("%7", "sh", "/"),
        ["set-option -u -t $7 @oma_worktree"],
    ]
    assert queue_file(starter.context).read().prompts == ()


async def test_a_restart_stays_in_the_place_of_the_agent_where_the_file_names_none(
    starter, changed
):
    other = FoundAgent(agent(7), None, (Difference("command", "x", "sh"),))
    step = FleetStep("a", Becomes.RESTARTED, FleetAgent("7", command="sh"), other)
    await starter.carry_out(step)
    assert changed == [("%7", ""), ("%7", "sh", None)]


async def test_who_is_ended_is_ended_with_its_worktree_where_one_was_made_for_it(
    starter, monkeypatch
):
    places, ended = [("/w", "/w"), ("", "/x")], []

    async def look_once(context):
        return look_at(agent(7))

    async def start_place(server, pane):
        return places.pop(0)

    async def remove(removal):
        ended.append(removal.agent.name)
        return "removed"

    async def end(removal):
        return "ended"

    monkeypatch.setattr(fleet_comparison, "look_once", look_once)
    monkeypatch.setattr(fleet_up, "start_place", start_place)
    monkeypatch.setattr(fleet_up.AgentRemoval, "remove", remove)
    monkeypatch.setattr(fleet_up.AgentRemoval, "end", end)
    step = FleetStep("oma-agent-7", Becomes.ENDED)
    assert [await starter.carry_out(step) for _ in "12"] == ["removed", "ended"]
    with pytest.raises(OmaError, match="it stays"):
        await starter.carry_out(FleetStep("oma-agent-8", Becomes.ENDED))
