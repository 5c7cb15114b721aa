"""The session of the dashboard is found, started, revived and shown."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import trio

from oma.errors import CommandError, NoAnswerError, OmaError
from oma.model.ids import SessionId
from oma.runtime.display import dashboard_session as module
from oma.runtime.display.dashboard_session import (
    leave_dashboard,
    show_dashboard,
    start_dashboard,
)
from oma.runtime.display.own_sessions import DASHBOARD_SESSION
from oma.tmux.address import ServerAddress
from tests.support.scripted_tmux import ScriptedTmux

SERVER = ServerAddress(socket_path="x")
COMMAND = ["python", "-m", "oma", "--match", "a b"]


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    return tmux


@pytest.fixture
def sessions(monkeypatch):
    """What there is at each look; the last stays."""
    looks = [[], [SimpleNamespace(name=DASHBOARD_SESSION, session=SessionId("$4"))]]

    async def find(server):
        await trio.lowlevel.checkpoint()
        return looks.pop(0) if len(looks) > 1 else looks[0]

    monkeypatch.setattr(module, "find_sessions", find)
    return looks


@pytest.fixture
def panes(monkeypatch):
    """The panes of the server, and what is started again in them."""
    found = SimpleNamespace(rows=[], revived=[])

    async def rows(server):
        await trio.lowlevel.checkpoint()
        return found.rows

    async def respawn(server, pane, command):
        found.revived.append((pane, command))

    monkeypatch.setattr(module, "list_panes", rows)
    monkeypatch.setattr(module, "respawn", respawn)
    return found


async def test_where_there_is_none_it_is_started(tmux, sessions):
    assert await start_dashboard(SERVER, COMMAND, {"A": "1"}) == "$4"

    (asked,) = tmux.asked
    assert "new-session" in asked
    assert "A=1" in asked
    assert "--match" in asked[-1] or "--match" in asked


@pytest.mark.usefixtures("tmux")
async def test_one_that_ends_at_once_is_said(sessions):
    sessions[1:] = [[]]

    with pytest.raises(OmaError, match="ended at once: try 'oma' in this terminal"):
        await start_dashboard(SERVER, COMMAND, {})


async def test_what_tmux_refuses_is_said(tmux, sessions):
    tmux.says("new-session", status=1, complaint="no space")

    with pytest.raises(CommandError, match="no space"):
        await start_dashboard(SERVER, COMMAND, {})


@pytest.mark.parametrize(("dead", "revived"), [(True, 1), (False, 0)])
async def test_one_whose_dashboard_has_ended_is_revived_in_its_first_pane(
    tmux, sessions, panes, dead, revived
):
    del sessions[0]
    panes.rows = [
        SimpleNamespace(session="$4", pane="%10", dead=dead),
        SimpleNamespace(session="$4", pane="%9", dead=dead),
        SimpleNamespace(session="$1", pane="%1", dead=True),
    ]

    assert await start_dashboard(SERVER, COMMAND, {}) == "$4"
    assert panes.revived == [("%9", "python -m oma --match 'a b'")] * revived
    assert tmux.asked == []


@pytest.mark.parametrize("client", ["/dev/pts/1", None])
async def test_inside_the_server_the_client_of_our_pane_is_switched(tmux, monkeypatch, client):
    async def own(server, environ):
        await trio.lowlevel.checkpoint()
        return client

    monkeypatch.setattr(module, "runs_inside", lambda socket, environ: True)
    monkeypatch.setattr(module, "own_client", own)
    if client is None:
        with pytest.raises(OmaError, match="no client shows this pane"):
            await show_dashboard(SERVER, Path("x"), SessionId("$4"), {})
    else:
        assert await show_dashboard(SERVER, Path("x"), SessionId("$4"), {}) == 0
        (asked,) = tmux.asked
        assert asked[0] == "switch-client"


async def test_elsewhere_a_client_runs_here_and_its_code_is_ours(monkeypatch):
    ran = []

    async def run(argv, *, stdin, check, env):
        ran.append((argv, env))
        return SimpleNamespace(returncode=3)

    monkeypatch.setattr(module, "runs_inside", lambda socket, environ: False)
    monkeypatch.setattr(module.trio, "run_process", run)
    environ = {"TMUX": "/other,1,0", "TMUX_PANE": "%1", "HOME": "/h"}

    assert await show_dashboard(SERVER, Path("x"), SessionId("$4"), environ) == 3
    (argv, env) = ran[0]
    assert "attach-session" in argv
    assert env == {"HOME": "/h"}


async def test_who_came_from_another_session_goes_back_and_nobody_else(tmux, monkeypatch):
    lines = {
        "oma-dashboard/1/1/0/1 /dev/pts/1": "came from another session",
        "oma-dashboard/1/1/0/0 /dev/pts/2": "from a shell",
        "oma-dashboard/1/1/1/1 /dev/pts/3": "a control client",
        "oma-dashboard/1/2/0/1 /dev/pts/4": "its session goes on: another pane",
        "oma-dashboard/2/1/0/1 /dev/pts/5": "another window",
        "work/1/1/0/1 /dev/pts/6": "a session of the user",
    }
    tmux.says("list-clients", "\n".join(lines) + "\n")
    monkeypatch.setattr(module, "runs_inside", lambda socket, environ: True)

    await leave_dashboard(SERVER, Path("x"), {"TMUX_PANE": "%7"})

    listed, *switched = tmux.asked
    assert listed[:3] == ["list-clients", "-t", "%7"]
    assert switched == [["switch-client", "-E", "-c", "/dev/pts/1", "-l"]]


async def test_a_server_that_hangs_makes_no_failure_of_a_dashboard_that_was_left(monkeypatch):
    asked = []

    async def ask(_, command):
        asked.append(command)
        raise NoAnswerError("tmux does not answer: it seems to hang")

    monkeypatch.setattr(module.TmuxClient, "ask", ask)
    monkeypatch.setattr(module, "runs_inside", lambda socket, environ: True)
    await leave_dashboard(SERVER, Path("x"), {"TMUX_PANE": "%7"})
    assert len(asked) == 1


async def test_outside_of_tmux_nothing_is_asked(tmux):
    await leave_dashboard(SERVER, Path("x"), {})
    assert tmux.asked == []
