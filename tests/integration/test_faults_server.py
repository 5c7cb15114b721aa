"""The tmux server hangs, dies in the middle of a flood, or holds nothing that may be attached to."""

import json
import os
import signal
from contextlib import contextmanager

import pytest
import trio

from oma.model.events import ConnectionLost, ServerConnected, ServerLost
from tests.support.counting_agents import COUNTING, FLOODING, has_no_hole, parts, replay_lines
from tests.support.oma_process import oma, running_oma
from tests.support.recorded import events, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

SOON = "[health]\nidle_warning = 0.5\nidle_critical = 300\n"


def start(tmux, name, command="cat"):
    return tmux.run(
        *("new-session", "-d", "-x", "80", "-y", "24", "-P", "-F", "#{pane_id}"),
        *("-s", name, command),
    ).strip()


def server_pid(tmux):
    return int(tmux.run("list-sessions", "-F", "#{pid}").split()[0])


@contextmanager
def hung(tmux):
    """The server does nothing until the block ends."""
    pid = server_pid(tmux)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.fixture
def recording(tmp_path):
    return tmp_path / "f.jsonl"


@pytest.fixture
def watching(tmux, recording, tmp_path):
    """Watch, and record what happens; silence is told soon."""
    config = tmp_path / "config.toml"
    config.write_text(SOON)
    return lambda: running_oma(
        *("-S", tmux.socket_path, "--config", config, "watch", "--json", "--record", recording)
    )


async def test_a_server_that_hangs_is_told_by_every_command_that_asks_it(tmux):
    start(tmux, "oma-agent-a")
    said = {}

    async def run(*arguments):
        said[arguments] = await oma("-S", tmux.socket_path, *arguments, LC_ALL="C.UTF-8")

    with hung(tmux):
        async with trio.open_nursery() as nursery:
            for command in ("status", "send a hello", "restart a", "new b -- cat", "doctor"):
                nursery.start_soon(run, *command.split())

    doctor = said.pop(("doctor",))
    assert doctor.returncode == 1
    assert b"BAD  server" in doctor.stdout
    for done in said.values():
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr == b"oma: tmux does not answer: it seems to hang\n"
    assert tmux.run("list-sessions", "-F", "#{session_name}").split() == ["oma-agent-a"]


async def test_a_server_that_hung_for_a_while_lost_nobody_and_nothing_without_a_word(
    tmux, watching, recording
):
    pane = start(tmux, "oma-agent-counts", COUNTING)
    async with watching() as watch:
        await watch.transition(agent="oma-agent-counts", to="ok")
        await until(lambda: parts(recording, pane))
        with hung(tmux):
            # What is not heard of an agent is all that can be told of it.
            await watch.transition(agent="oma-agent-counts", to="idle")
        await watch.transition(agent="oma-agent-counts", from_="idle", to="ok")
        await watch.end()

    # A line that it held as it stopped is a second old when it goes on: tmux may pause the pane for that.
    assert len(parts(recording, pane)) <= 2
    assert has_no_hole(recording, pane)
    assert events(recording, ConnectionLost, ServerLost) == []
    assert watch.lines == await replay_lines(recording)


async def test_a_watch_of_a_server_that_hangs_can_be_ended_and_leaves_nothing(
    tmux, watching, recording
):
    start(tmux, "oma-agent-a")
    start(tmux, "oma-agent-b")
    async with watching() as watch:
        await watch.transition(agent="oma-agent-a")
        await watch.transition(agent="oma-agent-b")
        with hung(tmux):
            assert await watch.end() == 130
        await until(lambda: not tmux.run("list-clients"))

    assert watch.errors == b""
    assert watch.lines == await replay_lines(recording)


async def test_a_server_that_is_killed_in_a_flood_is_told_and_what_came_before_is_whole(
    tmux, watching, recording
):
    floods = [start(tmux, f"oma-agent-{n}", FLOODING) for n in range(3)]
    async with watching() as watch:
        for n in range(3):
            await watch.transition(agent=f"oma-agent-{n}", to="ok")
        await until(lambda: recording.stat().st_size > 300_000)
        os.kill(server_pid(tmux), signal.SIGKILL)
        for n in range(3):
            gone = await watch.transition(agent=f"oma-agent-{n}", to="exited")
            assert gone["reason"] == "server-gone"
        start(tmux, "oma-agent-0", COUNTING)
        await watch.transition(agent="oma-agent-0", from_="exited", to="ok")
        await watch.end()

    assert all(has_no_hole(recording, pane) for pane in floods[1:])
    assert watch.lines == await replay_lines(recording)


@pytest.fixture
def fragile(tmux):
    """A server each of whose sessions ends with its last client; a user looks at the only one."""
    start(tmux, "oma-agent-fragile", COUNTING)
    user = tmux.control("attach-session", "-t", "oma-agent-fragile")
    user.stdout.readline()
    tmux.run("set-option", "-g", "destroy-unattached", "on")
    yield tmux
    user.communicate()


async def test_a_server_where_nothing_may_be_attached_to_is_known_all_the_same(
    fragile, watching, recording
):
    status = await oma("-S", fragile.socket_path, "status", "--json")
    async with watching() as watch:
        first = await watch.transition(agent="oma-agent-fragile", from_=None)
        # Anybody whom tmux would see leave ends the sessions of this server that nobody looks at.
        home = ("new-session", "-d", "-s", "home", "cat")
        fragile.run(*home, ";", "set-option", "-t", "home:", "destroy-unattached", "off")
        await until(lambda: "home" in fragile.run("list-clients", "-F", "#{session_name}"))
        fragile.run("kill-session", "-t", "home")
        fragile.run("rename-session", "-t", "oma-agent-fragile", "oma-agent-other")
        fragile.run("kill-session", "-t", "oma-agent-other")
        await watch.transition(to="exited")
        await until(lambda: events(recording, ServerLost))
        await watch.end()

    (agent,) = json.loads(status.stdout)["agents"]
    for found in (agent, first):
        assert (found["agent"], found["reason"]) == ("oma-agent-fragile", "unwatched")
        assert "destroy-unattached is set" in found["evidence"]
    told = events(recording, ServerConnected, ServerLost)
    assert [type(event) for event in told] == [ServerConnected, ServerLost]
    assert watch.lines == await replay_lines(recording)
