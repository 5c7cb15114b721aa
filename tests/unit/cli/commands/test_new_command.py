"""`oma new`: the command line of the agent; parsing in any order is in `test_command_line`."""

import pytest

from oma.cli.commands import new_command
from oma.cli.commands.new_command import NewOptions, run
from oma.errors import ConfigError, OmaError
from oma.runtime.git.worktree_making import WorktreePlan
from tests.unit.cli.parsing import parsed


@pytest.fixture
def started(monkeypatch):
    """What is started."""
    started = []

    async def start(server, session, directory, command, variables, marks):
        assert marks.get("@oma_worktree") in {None, str(directory)}
        started.append((session, str(directory), list(command), variables))

    monkeypatch.setattr(new_command, "start_agent", start)
    return started


def test_its_words_become_options():
    assert parsed("new") == NewOptions()
    assert parsed(
        *["new", "a", "--env", "A", "--profile", "p", "--env", "B=1", "--cwd", "/d", "--", "c"]
    ) == NewOptions(name="a", profile="p", cwd="/d", env=("A", "B=1"), command=("c",))


@pytest.mark.parametrize(
    ("options", "command"),
    [
        (NewOptions(command=("sh", "-c", "x")), ["sh", "-c", "x"]),
        (NewOptions(command=("sh -c x",), profile="claude"), ["sh -c x"]),
    ],
)
def test_a_command_is_started_as_it_is_given(started, tmp_path, capsys, options, command):
    options = NewOptions(name="bob", cwd=str(tmp_path), command=options.command)

    assert run(options) == 0
    assert started == [("oma-agent-bob", str(tmp_path), command, {})]
    assert capsys.readouterr().out == "oma-agent-bob\n"


def test_a_profile_names_the_command_and_a_number_the_agent(started, monkeypatch, tmp_path):
    async def look_for(command):
        started.append(command)

    monkeypatch.setattr(new_command, "look_for", look_for)
    monkeypatch.setenv("HERE", "1")

    run(NewOptions(profile="claude", cwd=str(tmp_path), env=("HERE", "GIVEN=2")))
    assert started[0] == ["claude"]
    assert started[1][0] == "oma-agent-1"
    assert started[1][3] == {"HERE": "1", "GIVEN": "2"}


@pytest.mark.parametrize(
    ("words", "branch", "agent"),
    [
        (("new", "bob", "--worktree"), "bob", "bob"),
        (("new", "bob", "--worktree", "a/b"), "a/b", "bob"),
        (("new", "--worktree", "fix"), "fix", "fix"),
        (("new", "--worktree"), "1", "1"),
    ],
)
def test_a_worktree_is_named_after_the_agent_or_the_agent_after_it(
    started, monkeypatch, tmp_path, words, branch, agent
):
    plans = []

    async def prepare(options, plan):
        plans.append(plan)
        return tmp_path / "made"

    monkeypatch.setattr(new_command, "prepare_worktree", prepare)
    run(parsed(*words, "--base", "main", "--cwd", str(tmp_path), "--", "sh", "-c", "x"))
    assert plans == [WorktreePlan(tmp_path, branch, agent, "main")]
    assert started[0][:3] == (
        f"oma-agent-{agent}",
        str(tmp_path / "made"),
        ["sh", "-c", "x"],
    )


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        (NewOptions(name="a b"), ConfigError, "name 'a b'"),
        (NewOptions(profile="nobody"), ConfigError, "unknown profile; known are "),
        (NewOptions(profile="generic"), ConfigError, "unknown profile; known are "),
        (NewOptions(command=("sh",), env=("OMA_NO_SUCH",)), ConfigError, "no such variable here"),
        (NewOptions(command=("no-such-program",)), OmaError, "not found on PATH"),
        (NewOptions(command=("sh",), base="x"), ConfigError, "--base is for a branch"),
        (NewOptions(cwd="/no/such"), OmaError, "no such directory"),
    ],
)
def test_what_cannot_be_started_is_refused(started, options, error, words):
    with pytest.raises(error, match=words):
        run(options)
    assert started == []
