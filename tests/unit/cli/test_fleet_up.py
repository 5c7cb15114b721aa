"""Agents of a file: what is missing is started with its prompts, and nothing is ended."""

from pathlib import Path

import pytest

from oma.cli import fleet_up
from oma.cli.cli_context import read_context
from oma.cli.fleet_up import MISSING, OTHER, THERE, FleetStarter, FleetStep, fleet_plan
from oma.cli.option_values import GlobalOptions
from oma.cli.queue_task import queue_file
from oma.config.agents_file import FleetAgent
from oma.errors import ConfigError, OmaError
from oma.model.prompts import Addressee
from tests.unit.runtime.agents.test_fleet_keeper import Row

A, B = FleetAgent("a", command="sh"), FleetAgent("b")


def test_a_plan_says_what_becomes_of_each_agent():
    assert fleet_plan("oma-", (A, B), {"oma-b", "oma-x"}, ["oma-b", "oma-x"]) == (
        FleetStep("oma-a", MISSING, A),
        FleetStep("oma-b", THERE, B),
        FleetStep("oma-x", OTHER),
    )


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
    assert [step.what for step in await starter.plan([agent])] == [THERE]


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


def test_a_profile_names_the_command(starter):
    assert starter.command(FleetAgent("a", profile="codex")) == "codex"
    assert starter.command(FleetAgent("a")) == "claude"
    for profile in ("nobody", "generic"):
        with pytest.raises(ConfigError, match=f"agent 'a': unknown profile '{profile}'"):
            starter.command(FleetAgent("a", profile=profile))
