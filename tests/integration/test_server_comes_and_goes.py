"""A server that is absent, late, ended, killed or replaced; and nothing that starts one."""

import json
import socket
from pathlib import Path

import psutil
import pytest
import trio

from oma.model.events import ServerConnected, ServerLost
from tests.support.oma_process import oma, running_oma
from tests.support.recorded import events, until

pytestmark = pytest.mark.tmux


def start(tmux, name, command="cat"):
    tmux.run("new-session", "-d", "-s", name, command)


def server_pid(tmux):
    return int(tmux.run("list-sessions", "-F", "#{pid}").split()[0])


def no_socket(tmux):
    """The server that was never started."""


def stale_socket(tmux):
    """The file that a server leaves behind when it is killed."""
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(tmux.socket_path)


def has_socket(tmux):
    return Path(tmux.socket_path).exists()


def ended(tmux):
    tmux.run("kill-server")


def killed(tmux):
    server = psutil.Process(server_pid(tmux))
    server.kill()
    server.wait()  # until then a client may still reach it


@pytest.fixture(params=[no_socket, stale_socket])
def absent(request, tmux):
    request.param(tmux)
    return tmux


async def test_status_tells_no_server_from_no_agents(absent):
    text = await oma("-S", absent.socket_path, "status")
    none = await oma("-S", absent.socket_path, "status", "--json")
    start(absent, "somebody")
    without_agents = await oma("-S", absent.socket_path, "status")
    empty = await oma("-S", absent.socket_path, "status", "--json")

    assert (text.returncode, text.stderr) == (0, b"")
    assert b"no tmux server" in text.stdout
    assert json.loads(none.stdout) == {"server": False, "tmux": None, "agents": []}
    assert (without_agents.returncode, without_agents.stderr) == (0, b"")
    assert b"no agents" in without_agents.stdout
    assert json.loads(empty.stdout)["server"] is True
    assert json.loads(empty.stdout)["agents"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("status",), 0),
        (("doctor",), 0),
        (("wait", "a", "--for", "ok", "--timeout", "0.5"), 1),
        (("record", "-o", "-", "--duration", "0.5"), 0),
        (("send", "a", "hello"), 1),
        (("stop", "a"), 1),
        (("kill", "a"), 1),
        (("restart", "a"), 1),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
async def test_nothing_starts_a_server_that_nobody_asked_for(tmux, arguments, code):
    done = await oma("-S", tmux.socket_path, *arguments, LC_ALL="C.UTF-8")

    assert done.returncode == code, done
    assert b"Traceback" not in done.stderr
    assert not has_socket(tmux)


async def test_a_server_that_starts_later_is_picked_up(absent, tmp_path):
    recording = tmp_path / "f.jsonl"
    async with running_oma(
        "-S", absent.socket_path, "watch", "--json", "--record", recording
    ) as watch:
        await until(lambda: events(recording, ServerLost))
        start(absent, "oma-agent-late")
        await watch.transition(agent="oma-agent-late", to="ok")


async def test_a_server_whose_first_session_comes_later_is_picked_up(tmux, tmp_path):
    recording = tmp_path / "f.jsonl"
    # In one client: a server that has no session ends when the client that started it leaves.
    tmux.run("start-server", ";", "set-option", "-s", "exit-empty", "off")
    async with running_oma(
        "-S", tmux.socket_path, "watch", "--json", "--record", recording
    ) as watch:
        await until(lambda: events(recording, ServerLost))
        await trio.sleep(1.2)  # the socket has just changed: for a second, tmux is asked anyway
        start(tmux, "oma-agent-late")
        await watch.transition(agent="oma-agent-late", to="ok")


@pytest.mark.parametrize("end", [ended, killed])
async def test_a_server_that_goes_is_told_and_its_successor_is_another(tmux, tmp_path, end):
    recording = tmp_path / "f.jsonl"
    start(tmux, "oma-agent-a")
    async with running_oma(
        "-S", tmux.socket_path, "watch", "--json", "--record", recording
    ) as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        end(tmux)
        gone = await watch.transition(agent="oma-agent-a", to="exited")
        # Session and pane have the ids that those of the first server had.
        start(tmux, "oma-agent-a")
        await watch.transition(agent="oma-agent-a", from_="exited", to="ok")
        start(tmux, "oma-agent-b")
        await watch.transition(agent="oma-agent-b", to="ok")
        assert await watch.end() == 130

    assert gone["reason"] == "server-gone"
    assert [type(e) for e in events(recording, ServerConnected, ServerLost)] == [
        ServerConnected,
        ServerLost,
        ServerConnected,
    ]


async def test_a_server_that_is_replaced_at_once_is_another(tmux):
    start(tmux, "oma-agent-a")
    async with running_oma("-S", tmux.socket_path, "watch", "--json") as watch:
        await watch.transition(agent="oma-agent-a", to="ok")
        killed(tmux)
        start(tmux, "oma-agent-b")
        await watch.transition(agent="oma-agent-a", to="exited", reason="server-gone")
        await watch.transition(agent="oma-agent-b", from_=None, to="ok")
