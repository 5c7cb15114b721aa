"""A dashboard that is ended, killed or broken: the terminal, the panes and the agents afterwards."""

import shlex
import signal
import sys

import psutil
import pytest

from tests.support.dashboard_pane import SANE, start_dashboard
from tests.support.user_terminal import attach_user, clients, sizes, until

pytestmark = pytest.mark.tmux

FAULT = """
import curses, os, signal

def at(owner, name, *, first, act):
    real, left = getattr(owner, name), [1]

    def wrapped(*arguments):
        if not first:
            act_once()
        result = real(*arguments)
        if first:
            act_once()
        return result

    def act_once():
        if left:
            left.pop()
            act()

    setattr(owner, name, wrapped)

def end():
    os.kill(os.getpid(), signal.{number})

def break_down():
    raise RuntimeError("provoked, \\x1b[31mas an agent might")

"""
"""What Python runs before `oma`: faults at moments that no user can hit."""


@pytest.fixture
def fault(tmp_path):
    """Give a function that makes the next dashboards meet a fault; it returns their environment."""

    def fault(line, number="SIGTERM"):
        folder = tmp_path / "fault"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(FAULT.format(number=number) + line)
        return {"PYTHONPATH": str(folder)}

    return fault


MOMENTS = {
    "just after the terminal was taken": "at(curses, 'initscr', first=True, act=end)",
    "before the first frame": "at(curses, 'curs_set', first=False, act=end)",
}


@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP", "SIGINT"])
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_signal_while_it_starts_leaves_the_terminal_as_it_was(
    tmux, tmp_path, fault, moment, number
):
    tmux.run("new-session", "-d", "-s", "oma-agent-one", "cat")
    dashboard = start_dashboard(tmux, tmp_path, **fault(MOMENTS[moment], number))
    code, words = await dashboard.left()

    assert (code, dashboard.modes()) == (128 + signal.Signals[number], SANE), "\n".join(
        dashboard.lines("-S", "-")
    )
    assert " -echo " not in words


async def test_a_second_signal_while_it_ends_changes_nothing(tmux, tmp_path, fault):
    line = (
        "at(curses, 'curs_set', first=True, act=end)\nat(curses, 'endwin', first=False, act=end)"
    )
    tmux.run("new-session", "-d", "-s", "oma-agent-one", "cat")
    dashboard = start_dashboard(tmux, tmp_path, **fault(line))
    code, words = await dashboard.left()

    assert (code, dashboard.modes()) == (143, SANE), "\n".join(dashboard.lines("-S", "-"))
    assert " -echo " not in words


async def test_a_signal_while_a_replay_starts_leaves_the_terminal_as_it_was(tmux, tmp_path, fault):
    recording = tmp_path / "empty.jsonl"
    recording.write_text(
        '{"format":"oma-recording","version":1,"started_at":"2026-11-20T20:00:00+00:00",'
        '"tmux":"3.3a","oma":"0.1.0","config":{},"profiles":{}}\n'
    )
    moment = "at(curses, 'initscr', first=True, act=end)"
    dashboard = start_dashboard(tmux, tmp_path, "replay", recording, **fault(moment))
    code, words = await dashboard.left()

    assert (code, dashboard.modes()) == (143, SANE), "\n".join(dashboard.lines("-S", "-"))
    assert " -echo " not in words


BREAKING = """
import pathlib
from oma.tui.painter import Painter

real = Painter.paint

def paint(self, frame):
    if pathlib.Path({flag!r}).exists():
        break_down()
    real(self, frame)

Painter.paint = paint
"""


@pytest.fixture
def breaking(tmp_path, fault):
    """Give a file that breaks the dashboard at its next frame, once there is such a file."""
    flag = tmp_path / "break"
    return flag, fault(BREAKING.format(flag=str(flag)))


async def test_a_defect_is_told_in_one_last_line_on_a_sane_terminal(tmux, tmp_path, breaking):
    flag, environment = breaking
    tmux.run("new-session", "-d", "-s", "oma-agent-one", "cat")
    dashboard = start_dashboard(tmux, tmp_path, columns=120, **environment)
    await dashboard.sees("Agents: 1/1")
    flag.touch()
    dashboard.press("j")
    code, words = await dashboard.left()

    assert (code, dashboard.modes()) == (1, SANE)
    assert " -echo " not in words
    last = [line for line in dashboard.lines("-S", "-") if line.startswith("oma: ")]
    assert last == [
        "oma: this is a defect of oma, told above: RuntimeError: provoked, ␛[31mas an agent might"
    ]
    await until(lambda: not watchers(tmux), lambda: str(watchers(tmux)))


def watchers(tmux):
    """The processes of ours on the server's socket, the server left aside."""
    return [
        line
        for process in psutil.process_iter(["cmdline"])
        if tmux.socket_path in (line := process.info["cmdline"] or [])
        and "new-session" not in line
    ]


@pytest.fixture
def open_dashboard(tmux, terminals, tmp_path, breaking):
    """Give a function that opens, for a user, a dashboard that can be broken."""

    async def open_dashboard():
        flag, environment = breaking
        tmux.run("new-session", "-d", "-x", "100", "-y", "30", "-s", "oma-agent-one", "cat")
        dashboard = start_dashboard(tmux, tmp_path, columns=150, rows=40, **environment)
        user = await attach_user(terminals, tmux, "work", columns=150)
        await user.sees("Agents: 1/1")
        return dashboard, user, flag

    return open_dashboard


def viewed(tmux):
    """Whether somebody at a terminal looks at the agent; control clients have none."""
    return any(tty and name == "oma-agent-one" for tty, name in clients(tmux).items())


def old_sizes(tmux):
    return sizes(tmux)["oma-agent-one"] == ("100x30", "")


@pytest.mark.parametrize("key", ["s", "Enter"])
async def test_a_defect_takes_the_popup_and_the_right_pane_along(tmux, open_dashboard, key):
    dashboard, user, flag = await open_dashboard()
    user.press(key)
    await until(lambda: viewed(tmux))
    flag.touch()
    tmux.run("send-keys", "-t", "oma-agent-one", "-l", "a frame is due")
    code, _ = await dashboard.left()

    assert (code, dashboard.modes()) == (1, SANE)
    assert tmux.run("list-panes", "-t", "work", "-F", "#{pane_id}").count("%") == 1
    await until(lambda: old_sizes(tmux), lambda: str(sizes(tmux)))
    await until(lambda: not viewed(tmux))


async def test_after_a_kill_the_next_dashboard_finds_the_right_pane_and_nothing_else_is_left(
    tmux, tmp_path, open_dashboard
):
    dashboard, user, _ = await open_dashboard()
    user.press("s")
    await until(lambda: viewed(tmux))
    ours = tmux.run("list-panes", "-t", "work", "-F", "#{pane_id}").split()[0]
    await dashboard.kill()
    # The view goes on: the pane is the user's, and closing it gives the agent its size back.
    assert viewed(tmux)
    await until(lambda: "-C" not in str(watchers(tmux)), lambda: str(watchers(tmux)))

    again = shlex.join(["env", "TERM=xterm-256color", "LC_ALL=C.UTF-8", "HOME=/nonexistent"])
    tmux.run("respawn-pane", "-k", "-t", ours, f"{again} {sys.executable} -m oma; exec cat")
    await user.sees("*one")
    user.press("q")
    await until(lambda: old_sizes(tmux), lambda: str(sizes(tmux)))
    assert tmux.run("list-panes", "-t", "work", "-F", "#{pane_id}").count("%") == 1


async def test_who_called_it_up_in_tmux_is_back_in_their_session(tmux, terminals, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-one", "cat")
    start_dashboard(tmux, tmp_path, "--no-service", command="up", before="read go")
    user = await attach_user(terminals, tmux, "work")
    user.press("Enter")
    await user.sees("Agents: 1/1 active")
    assert clients(tmux)[user.terminal] == "oma-dashboard"
    user.press("q")
    await until(lambda: clients(tmux).get(user.terminal) == "work")
    await until(lambda: "oma-dashboard" not in tmux.run("list-sessions"))
