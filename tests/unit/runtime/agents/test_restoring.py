"""Agents are started again by name, directory, size and conversation, and none twice."""

import os

import attrs
import pytest

from oma.config.profiles import packaged_profiles
from oma.errors import CommandError, OmaError
from oma.files.locked_file import LockedFile
from oma.model.kept_fleet import KeptAgent, LostAgent
from oma.runtime.agents import restoring
from oma.runtime.agents.fleet_file import FleetFile
from oma.runtime.agents.restoring import Restorer
from tests.unit.runtime.agents.test_fleet_keeper import Row

UUID = "0199a213-81c0-7800-8aa1-bbab2a035a53"


@pytest.fixture
def bob(tmp_path):
    """Give an agent that is gone."""
    return KeptAgent(
        "oma-agent-bob", str(tmp_path), "", 120, 40, "codex", "codex --first", UUID, "night"
    )


@pytest.fixture
def there(monkeypatch):
    """Give what there is: sessions by name, what was started, and the run of the server."""
    there = {"taken": {}, "started": [], "run": "two", "remembered": []}

    async def list_agents(server, watched):
        return {name: rows for name, rows in there["taken"].items() if watched(name)}

    async def server_run(server):
        if not there["run"]:
            raise CommandError("no server")
        return there["run"]

    async def start_agent(server, session, directory, command, variables, marks, size):
        there["started"].append((session, str(directory), command, marks, size))
        there["taken"][session] = (Row("%7", session),)
        there["run"] = "two"

    async def remember(server, pane, conversation):
        there["remembered"].append((pane, conversation))

    for function in (list_agents, server_run, start_agent):
        monkeypatch.setattr(restoring, function.__name__, function)

    monkeypatch.setattr(restoring, "remember_conversation", remember)
    return there


@pytest.fixture
def in_place(monkeypatch):
    """Give what is done to a session that is there."""
    in_place = []

    async def run(client, command, doing):
        in_place.append([" ".join(each.words()) for each in command.commands])

    async def respawn(server, pane, line, doing, directory):
        in_place.append((pane, line, directory))

    monkeypatch.setattr(restoring.TmuxClient, "run", run)
    monkeypatch.setattr(restoring, "respawn", respawn)
    return in_place


@pytest.fixture
def restorer(there, bob, tmp_path):
    """Give the restorer of a server whose run before had that agent."""
    file = FleetFile(LockedFile(tmp_path / "state" / "fleet.json"))
    file.change(lambda fleet: fleet.kept("one", [bob]))
    profiles = {profile.name: profile for profile in packaged_profiles()}
    return Restorer(None, "oma-agent-", file, profiles, {})


@pytest.mark.parametrize("run", ["two", ""])
async def test_the_very_conversation_comes_back_and_once(restorer, there, bob, tmp_path, run):
    there["run"] = run
    assert await restorer.missing() == (bob,)
    said = await restorer.restore(bob, [bob])
    assert said == f"started oma-agent-bob: codex resume {UUID}"
    assert there["started"] == [
        (
            "oma-agent-bob",
            str(tmp_path),
            [f"codex resume {UUID}"],
            {"@oma_group": "night"},
            (120, 40),
        )
    ]
    assert there["remembered"] == [("%7", UUID)]
    assert await restorer.missing() == ()
    there["taken"].clear()
    assert await restorer.missing() == ()
    # Also where nobody keeps the agents of the run in which it was started again.
    there["run"] = "three"
    assert await restorer.missing() == (bob,)


async def test_all_that_are_meant_are_started_and_what_cannot_be_is_named(
    restorer, there, bob, tmp_path
):
    gone = KeptAgent("oma-agent-kim", "/no/such", command="codex")
    other = KeptAgent("oma-agent-eve", str(tmp_path), command="sleep 1")
    restorer.file.change(lambda fleet: fleet.kept("one", [bob, gone, other]))
    lost = await restorer.lost()
    assert lost[1] == LostAgent("oma-agent-kim", "/no/such", "codex")
    said = await restorer.restore_all(["oma-agent-bob", "oma-agent-kim", "oma-agent-new"])
    assert said == (
        "started 1 agent again; oma-agent-kim: working directory '/no/such': no such directory"
    )
    assert [started[0] for started in there["started"]] == ["oma-agent-bob"]
    assert [agent.session for agent in await restorer.lost()] == ["oma-agent-kim", "oma-agent-eve"]
    assert await restorer.restore_all(["oma-agent-bob"]) == "started 0 agents again"


async def test_a_name_that_is_taken_is_left_alone(restorer, there, bob):
    there["taken"]["oma-agent-bob"] = ()
    assert await restorer.missing() == ()


SHELL = Row("%3", "oma-agent-bob", "", "-bash", 0)


async def test_a_shell_in_the_place_of_an_agent_gives_way_to_it(
    restorer, there, in_place, bob, tmp_path
):
    there["taken"]["oma-agent-bob"] = (SHELL,)
    restorer.variables = {"A": "1"}
    assert await restorer.missing() == (bob,)
    line = f"codex resume {UUID}"
    assert (await restorer.lost())[0].line == f"{line}{restoring.ENDS_SHELL}"
    assert await restorer.restore_all(["oma-agent-bob"]) == "started 1 agent again"
    become, began = in_place
    assert become[:2] == [
        "set-environment -t =oma-agent-bob: A 1",
        "set-option -t =oma-agent-bob: @oma_group night",
    ]
    assert began == ("%3", line, str(tmp_path))
    assert there["remembered"] == [("%3", UUID)]
    assert await restorer.missing() == ()


@pytest.mark.parametrize(
    "rows",
    [
        (attrs.evolve(SHELL, command="vim"),),
        (attrs.evolve(SHELL, dead=True),),
        (attrs.evolve(SHELL, pid=os.getppid()),),
        (SHELL, SHELL),
    ],
)
async def test_what_is_more_than_a_shell_that_waits_is_left_alone(restorer, there, rows):
    there["taken"]["oma-agent-bob"] = rows
    assert await restorer.missing() == ()


async def test_a_shell_that_is_there_again_is_not_gone(restorer, there, bob):
    shell = attrs.evolve(bob, profile="generic", command="")
    restorer.file.change(lambda fleet: fleet.kept("one", [shell]))
    assert await restorer.missing() == (shell,)
    there["taken"]["oma-agent-bob"] = (SHELL,)
    assert await restorer.missing() == ()


async def test_a_directory_that_is_gone_is_named(restorer, bob):
    gone = KeptAgent("oma-agent-bob", "/no/such")
    with pytest.raises(OmaError, match="no such directory"):
        await restorer.restore(gone, [gone])
    assert await restorer.missing() == (bob,)


async def test_what_is_forgotten_is_spoken_of_no_more(restorer, bob):
    await restorer.forget([bob])
    assert await restorer.missing() == ()


@pytest.mark.parametrize(
    ("changes", "others", "line"),
    [
        ({}, [], f"codex resume {UUID}"),
        ({"conversation": ""}, [], "codex resume --last"),
        ({"conversation": ""}, [KeptAgent("x", "DIR", profile="codex")], "codex --first"),
        ({"conversation": ""}, [KeptAgent("x", "/other", profile="codex")], "codex resume --last"),
        ({"conversation": "$(x) y"}, [], "codex resume --last"),
        ({"profile": "generic"}, [], "codex --first"),
        ({"profile": "generic", "command": ""}, [], 'exec "$SHELL"'),
        ({"profile": "gone", "command": ""}, [], 'exec "$SHELL"'),
        ({"profile": "gone"}, [], "codex --first"),
    ],
)
def test_the_line_says_which_conversation(restorer, bob, tmp_path, changes, others, line):
    agent = attrs.evolve(bob, **changes)
    others = [attrs.evolve(o, directory=o.directory.replace("DIR", str(tmp_path))) for o in others]
    assert restorer.line(agent, [agent, *others]) == line
    note = " (latest of the directory)" if line.endswith("--last") else ""
    assert restorer.told(agent, [agent, *others]) == f"{line}{note}"
