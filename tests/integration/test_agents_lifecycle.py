"""Agents are started, ended and started again by a user who sees each outcome."""

import json
import os
import subprocess

import pytest

from tests.support.oma_process import oma, running_oma
from tests.support.private_tmux import keeps_dead_panes
from tests.support.recorded import until

pytestmark = pytest.mark.tmux


@pytest.fixture
def ask(tmux):
    """Give a function that runs one command line of oma on the private server."""

    async def ask(*arguments, **environment):
        return await oma("-S", tmux.socket_path, *arguments, **environment)

    return ask


async def agents(ask):
    done = await ask("status", "--json")
    return {agent["agent"]: agent for agent in json.loads(done.stdout)["agents"]}


def shows(tmux, session, text):
    return text in tmux.run("capture-pane", "-p", "-t", f"={session}:")


def line(done):
    """The one line that a command printed, and its exit code."""
    assert done.stdout.count(b"\n") + done.stderr.count(b"\n") == 1, done
    return done.returncode, (done.stdout + done.stderr).decode().strip()


async def test_a_new_agent_has_the_size_the_name_and_the_place_that_were_promised(
    tmux, ask, tmp_path
):
    assert line(await ask("new", "--cwd", tmp_path, "--", "cat", "-u")) == (0, "oma-agent-1")
    assert line(await ask("new", "--", "cat")) == (0, "oma-agent-2")
    assert line(await ask("new", "fix_it-2", "--", "cat")) == (0, "oma-agent-fix_it-2")
    assert line(await ask("new", "oma-agent-x", "--", "cat")) == (0, "oma-agent-x")

    found = tmux.run(
        *("list-panes", "-a", "-F"),
        "#{session_name} #{pane_width}x#{pane_height} #{pane_start_command}",
    ).splitlines()
    assert min(found) == "oma-agent-1 200x50 cat -u"
    assert len(found) == 4
    assert all(" 200x50 " in pane for pane in found)
    assert (await agents(ask))["oma-agent-1"]["cwd"] == str(tmp_path)


TELL = 'printf "%s|" "$HERE" "$SET" "$BOTH" "$ODD" "$UNASKED" "$OMA_NO_SUCH"; exec cat'


async def test_a_new_agent_has_the_variables_that_were_asked_for_and_keeps_them(
    tmux, ask, tmp_path
):
    config = tmp_path / "c.toml"
    config.write_text('[agent]\nenv = ["SET", "BOTH=config", "OMA_NO_SUCH"]\n')
    tmux.run("new-session", "-d", "-s", "home", "cat")
    asked = ["--env", "HERE", "--env", "BOTH=line", "--env", "ODD=a #{pid} $HOME;"]
    here = {"HERE": "1\n2", "SET": "3", "UNASKED": "4"}
    command = ("new", "a", *asked, "--config", config, "--", "sh", "-c", TELL)
    told = "1\n2|3|line|a #{pid} $HOME;|||"
    assert line(await ask(*command, **here)) == (0, "oma-agent-a")
    await until(lambda: shows(tmux, "oma-agent-a", told))

    tmux.run("send-keys", "-R", "-t", "=oma-agent-a:")
    assert line(await ask("restart", "a")) == (0, "restarted oma-agent-a")
    await until(lambda: shows(tmux, "oma-agent-a", told))


async def test_what_cannot_be_started_is_refused_and_nothing_is_left(tmux, ask, tmp_path):
    assert line(await ask("new", "a", "--", "cat")) == (0, "oma-agent-a")
    refused = {
        "taken": (await ask("new", "a", "--", "cat"), 1, "'oma-agent-a' already"),
        "bad name": (await ask("new", "no good", "--", "cat"), 2, "'no good'"),
        "no name": (await ask("new", "", "--", "cat"), 2, "''"),
        "colon": (await ask("new", "a:b", "--", "cat"), 2, "'a:b'"),
        "nowhere": (await ask("new", "--cwd", tmp_path / "no", "--", "cat"), 1, "no such dir"),
        "no program": (await ask("new", "--", "no-such-program", "x"), 1, "'no-such-program'"),
        "no line": (await ask("new", "--", "no-such-program -x"), 1, "'no-such-program'"),
        "no kind": (await ask("new", "--profile", "nobody"), 2, "'nobody'"),
    }

    for why, (done, code, words) in refused.items():
        assert (done.returncode, done.stdout) == (code, b""), why
        assert line(done)[1].startswith("oma: "), why
        assert words in line(done)[1], why
    assert tmux.run("list-sessions", "-F", "#{session_name}").split() == ["oma-agent-a"]


async def test_a_line_of_the_shell_is_the_shells_to_understand(tmux, ask):
    assert (await ask("new", "a", "--", "while :; do sleep 1; done")).returncode == 0
    assert (await ask("new", "b", "--", "X=1 cat")).returncode == 0
    assert (await ask("new", "c", "--", "echo 'unbalanced")).returncode == 0
    assert (await ask("new", "d", "--", "/bin/cat")).returncode == 0


@keeps_dead_panes
async def test_the_status_with_which_an_agent_ended_is_kept_however_soon_it_ended(tmux, ask):
    await ask("new", "soon", "--", "exit 7")
    await ask("new", "directly", "--", "false", "x")
    await until(lambda: statuses(tmux) == ["1", "7"])

    found = await agents(ask)

    assert found["oma-agent-soon"]["evidence"] == "exit status 7"
    assert found["oma-agent-directly"]["evidence"] == "exit status 1"


def statuses(tmux):
    """Return how the programs ended.

    Before 3.6, tmux may sleep through the end of a program while it writes utmp; the end of any
    other child wakes it.
    """
    tmux.run("run-shell", "true")
    return both(tmux, "#{pane_dead_status}")


def both(tmux, what):
    return sorted(tmux.run("list-panes", "-a", "-F", what).split())


ENDS = {
    "at Ctrl-C": ("echo up; exec cat", "has ended"),
    "at TERM": ("trap '' INT; echo up; while :; do sleep 0.05; done", "has ended"),
    "at nothing": ("trap '' INT TERM; echo up; while :; do sleep 0.05; done", "killed"),
}


@keeps_dead_panes
@pytest.mark.parametrize(("program", "outcome"), ENDS.values(), ids=ENDS)
async def test_an_agent_is_asked_before_it_is_killed(tmux, ask, program, outcome):
    await ask("new", "a", "--", program)
    await until(lambda: shows(tmux, "oma-agent-a", "up"))

    code, said = line(await ask("stop", "a", "--timeout", "1.2"))

    assert code == 0
    assert said.startswith("oma-agent-a ")
    assert said.endswith(outcome)
    left = (
        tmux.run("list-panes", "-a", "-F", "#{session_name} #{pane_dead}") if server(tmux) else ""
    )
    assert left.split() == ([] if outcome == "killed" else ["oma-agent-a", "1"])
    if left:
        assert line(await ask("stop", "a")) == (0, "oma-agent-a has ended already")


def server(tmux):
    return subprocess.run(tmux.argv("-N", "list-sessions"), env=tmux.environment).returncode == 0


async def test_a_killed_agent_is_gone_with_its_session(tmux, ask):
    await ask("new", "a", "--", "cat")
    await ask("new", "b", "--", "cat")

    assert line(await ask("kill", "a")) == (0, "killed oma-agent-a")
    assert line(await ask("kill", "a")) == (1, "oma: no agent 'a'; there are: oma-agent-b")


@keeps_dead_panes
async def test_an_agent_that_ended_is_started_again_in_its_pane(tmux, ask):
    await ask("new", "a", "--", "echo run; read go; exit 2")
    await until(lambda: shows(tmux, "oma-agent-a", "run"))
    tmux.run("send-keys", "-t", "=oma-agent-a:", "Enter")
    await until(lambda: both(tmux, "#{pane_dead}") == ["1"])

    assert line(await ask("restart", "a")) == (0, "restarted oma-agent-a")

    await until(lambda: both(tmux, "#{pane_dead}") == ["0"])
    assert (await agents(ask))["oma-agent-a"]["health"] == "ok"


async def test_an_agent_of_a_known_kind_is_started_again_where_it_was(tmux, ask, tmp_path):
    claude = tmp_path / "claude"
    claude.write_text('#!/bin/bash\necho "with: $*"\nexec -a claude cat\n')
    claude.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    await ask("new", "a", "--profile", "claude", PATH=path)
    await until(lambda: both(tmux, "#{pane_current_command}") == ["claude"])

    # tmux gives a program the PATH of the one who starts it.
    code, said = line(await ask("restart", "a", PATH=path))
    resumed = await until(lambda: shows(tmux, "oma-agent-a", "with: --continue"))
    fresh = line(await ask("restart", "a", "--fresh", PATH=path))
    await until(lambda: shows(tmux, "oma-agent-a", "with:\n"))

    assert (code, said) == (
        0,
        "restarted oma-agent-a: claude --continue (latest of the directory)",
    )
    assert resumed
    assert fresh == (0, "restarted oma-agent-a: claude")


async def test_one_waits_for_an_agent_as_long_as_one_likes(ask):
    await ask("new", "a", "--", "read go; exit 4")
    now = line(await ask("wait", "a", "--for", "exited,ok"))
    never = line(await ask("wait", "a", "--for", "stuck", "--timeout", "0.3"))
    nobody = line(await ask("wait", "nobody", "--for", "ok", "--timeout", "0.3", "--appear"))
    typo = line(await ask("wait", "oma-agnt-a", "--for", "ok"))

    assert now == (0, "oma-agent-a ok")
    assert never == (1, "oma: 'a' was not stuck in time")
    assert nobody == (1, "oma: 'nobody' was not ok in time")
    assert typo == (
        1,
        "oma: no agent 'oma-agnt-a', did you mean 'oma-agent-a'? there are: oma-agent-a",
    )


async def test_an_agent_that_is_not_there_is_answered_with_the_nearest(tmux, ask):
    none = line(await ask("kill", "a"))
    for name in ("builder", "tester"):
        tmux.run("new-session", "-d", "-s", f"oma-agent-{name}", "cat")

    for command in ("kill", "stop", "restart", "why", "wait --for ok"):
        verb, *rest = command.split()
        said = line(await ask(verb, "bulder", *rest))
        assert said == (
            1,
            "oma: no agent 'bulder', did you mean 'builder'? "
            "there are: oma-agent-builder, oma-agent-tester",
        )
    assert none == (1, "oma: no agent 'a'; there are none: 'oma new' starts one")
    far = line(await ask("stop", "zzz"))[1]
    assert far == "oma: no agent 'zzz'; there are: oma-agent-builder, oma-agent-tester"


async def test_a_wait_for_an_agent_that_is_still_to_come_follows_it_under_any_name(tmux):
    arguments = ("-S", tmux.socket_path, "wait", "late", "--for", "exited", "--appear", "--json")
    tmux.run("new-session", "-d", "-s", "home", "cat")
    async with running_oma(*arguments) as wait:
        await until(lambda: tmux.run("list-clients").count("no-output"))
        tmux.run("new-session", "-d", "-s", "oma-agent-late", "cat")
        await until(lambda: tmux.run("list-clients").count("pause-after"))
        tmux.run("rename-session", "-t", "=oma-agent-late", "other")
        tmux.run("kill-session", "-t", "=other")
        gone = await wait.transition(to="exited")
        assert await wait.process.wait() == 0

    assert gone["reason"] == "session-closed"


async def test_a_session_is_an_agent_while_it_has_the_name_of_one(tmux, ask):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        tmux.run("rename-session", "-t", "=oma-agent-a", "plain")
        left = await watch.transition(agent="oma-agent-a", to="exited")
        tmux.run("rename-session", "-t", "=plain", "oma-agent-b")
        await watch.transition(agent="oma-agent-b", to="ok")
    assert left["reason"] == "renamed"
    assert left["evidence"] == "its session is 'plain' now: no agent's name"
    assert set(await agents(ask)) == {"oma-agent-b"}


async def test_a_watch_says_what_it_waits_for(tmux):
    async with running_oma("-S", tmux.socket_path, "watch") as watch:
        said = f"oma: no tmux server at {tmux.socket_path}: waiting for one\n"
        await until(lambda: watch.errors == said.encode())
    tmux.run("new-session", "-d", "-s", "home", "cat")
    async with running_oma("-S", tmux.socket_path, "watch", "--match", "x*") as watch:
        await until(lambda: b"no session has a name that matches 'x*'" in watch.errors)
    async with running_oma("-S", tmux.socket_path, "watch") as watch:
        await until(lambda: b"no session has a name that begins with 'oma-agent-'" in watch.errors)


@keeps_dead_panes
async def test_a_wait_ends_at_the_moment_that_is_waited_for(tmux, ask):
    await ask("new", "a", "--", "read go; exit 4")
    arguments = ("-S", tmux.socket_path, "wait", "a", "--for", "exited", "--json")
    async with running_oma(*arguments) as wait:
        await until(lambda: tmux.run("list-clients").count("pause-after"))
        tmux.run("send-keys", "-t", "=oma-agent-a:", "Enter")
        await wait.transition(to="exited", reason="process-ended")
        assert await wait.process.wait() == 0
