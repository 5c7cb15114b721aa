"""The real dashboard in a real terminal: what a user types, and what they then see."""

import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

import pytest

from tests.support.dashboard_pane import SANE, SIGNALS, start_dashboard
from tests.support.oma_process import oma
from tests.support.patience import look_until
from tests.support.private_tmux import PrivateTmux

pytestmark = pytest.mark.tmux

ASKING = r"""
printf 'working\n'; sleep 0.3
printf '\033[2J\033[H Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel · Tab to amend\n'
read -r answer; printf 'the answer was %s\n' "$answer"; exec cat
"""


@pytest.fixture
def three(tmux):
    """Give a server with three agents that echo what they are sent."""
    for name in ("alpha", "beta", "gamma"):
        tmux.run("new-session", "-d", "-s", f"oma-agent-{name}", "cat")
    return tmux


@pytest.fixture
def elsewhere():
    """Give a second server, for the agents of a dashboard that runs outside of it."""
    directory = tempfile.mkdtemp(prefix="oma", dir="/tmp")
    server = PrivateTmux(str(Path(directory) / "a"))
    try:
        yield server
    finally:
        server.end()
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
async def dashboard(three, tmp_path):
    """Give a dashboard on those three, all of them shown."""
    pane = start_dashboard(three, tmp_path)
    await pane.sees("alpha", "beta", "gamma", "Agents: 3/3 active")
    return pane


async def test_the_selection_moves_by_keys(dashboard):
    dashboard.press("g")
    await dashboard.selects("alpha")
    dashboard.press("j")
    await dashboard.selects("beta")
    dashboard.press("Down", "Down", "Down")
    await dashboard.selects("gamma")
    dashboard.press("k")
    await dashboard.selects("beta")
    dashboard.press("G")
    await dashboard.selects("gamma")
    dashboard.press("PPage")
    await dashboard.selects("alpha")


async def test_the_preview_shows_the_screen_of_the_selected_agent_in_colour(three, dashboard):
    dashboard.press("G")
    await dashboard.selects("gamma")
    three.run("send-keys", "-t", "oma-agent-gamma", "-l", "some words")
    await dashboard.sees("some words")
    dashboard.press("g")
    await dashboard.loses("some words")


async def test_a_filter_narrows_the_list_and_escape_widens_it(dashboard):
    dashboard.press("/")
    dashboard.type("be")
    await dashboard.until(lambda screen: "alpha" not in screen and "(1 of 3)" in screen)
    dashboard.press("Enter")
    await dashboard.selects("beta")
    dashboard.press("Escape")
    await dashboard.sees("alpha", "beta", "gamma")
    dashboard.press("/")
    dashboard.type("health:stuck")
    await dashboard.sees("No agent fits")


async def test_kill_asks_and_only_yes_kills(three, dashboard):
    dashboard.press("g", "j", "K")
    await dashboard.sees("kill beta? ", " y/n")
    dashboard.press("n")
    await dashboard.sees("not done")
    assert "oma-agent-beta" in three.run("list-sessions")

    dashboard.press("K")
    await dashboard.sees("kill beta? ", " y/n")
    dashboard.press("y")
    await dashboard.sees("killed oma-agent-beta", "EXITED")
    assert "oma-agent-beta" not in three.run("list-sessions")


async def test_a_message_is_typed_into_the_agent_it_was_begun_for(three, dashboard):
    dashboard.press("g", "m")
    await dashboard.sees("to alpha:")
    dashboard.type("wörld jkq?")
    await dashboard.sees("to alpha: wörld jkq?")
    dashboard.press("Enter")
    await dashboard.sees("sent to oma-agent-alpha")

    # Once as it was typed, and once as `cat` prints it.
    screen = partial(three.run, "capture-pane", "-p", "-t", "oma-agent-alpha")
    assert await look_until(lambda: screen().count("wörld jkq?") == 2), screen()


READS_PASTES = r"""
import os, sys, tty
tty.setraw(0)
os.write(1, b"\x1b[?2004hready ")
read = b""
while not read.endswith(b"\r") or read.endswith(b"one\r"):
    read += os.read(0, 100)
print(ascii(read), end="\r\n", flush=True)
os.read(0, 1)
"""


@pytest.mark.parametrize("by_hand", [True, False])
async def test_lines_arrive_at_the_agent_as_one_paste(tmux, tmp_path, by_hand):
    program = tmp_path / "reads.py"
    program.write_text(READS_PASTES)
    tmux.run("new-session", "-d", "-s", "oma-agent-alpha", sys.executable, str(program))
    dashboard = start_dashboard(tmux, tmp_path, columns=120)
    await dashboard.sees("ready")
    if by_hand:
        dashboard.press("m")
        await dashboard.sees("to alpha:")
        tmux.run("set-buffer", "one\n\ttwo")
        tmux.run("paste-buffer", "-p", "-t", "work")
        await dashboard.sees("to alpha: one⏎ two")
        dashboard.press("Enter")
    else:
        done = await oma("-S", tmux.socket_path, "send", "alpha", "one\n\ttwo")
        assert done.returncode == 0, done
    await dashboard.sees(r"b'\x1b[200~one\r\ttwo\x1b[201~\r'")
    buffers = tmux.run("list-buffers", "-F", "#{buffer_name}").split()
    assert [name for name in buffers if name.startswith("oma")] == []


async def test_what_is_pasted_is_text_and_never_keys(three, dashboard):
    three.run("set-buffer", "Kyq\nKy\n")
    dashboard.press("g")
    await dashboard.selects("alpha")
    three.run("paste-buffer", "-p", "-t", "work")
    await dashboard.sees("what is pasted is no key")
    dashboard.press("/")
    three.run("paste-buffer", "-p", "-t", "work")
    await dashboard.sees("/Kyq Ky", "No agent fits")
    dashboard.press("Escape")
    await dashboard.sees("alpha", "beta", "gamma")
    assert three.run("list-sessions", "-F", "#{session_name}").count("oma-agent-") == 3

    dashboard.press("q")
    await dashboard.left()
    three.run("paste-buffer", "-p", "-t", "work")
    screen = await dashboard.sees("Kyq")
    assert "200~" not in screen


async def test_a_message_that_the_screen_does_not_show_is_said(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-alpha", "stty -echo; exec sleep 600")
    dashboard = start_dashboard(tmux, tmp_path)
    await dashboard.sees("Agents: 1/1")
    dashboard.press("m")
    dashboard.type("secret")
    dashboard.press("Enter")
    await dashboard.sees("sent to oma-agent-alpha, but its screen does not show the text")
    dashboard.press("m")
    await dashboard.sees("to alpha:")
    dashboard.press("Enter")
    await dashboard.sees("nothing was typed: not sent")


async def test_an_abandoned_message_is_not_sent(three, dashboard):
    dashboard.press("g", "m")
    dashboard.type("never")
    dashboard.press("Escape")
    await dashboard.sees("not sent")

    assert "never" not in three.run("capture-pane", "-p", "-t", "oma-agent-alpha")


async def test_a_dialog_is_answered_after_a_yes(tmux, tmp_path):
    script = tmp_path / "asks.sh"
    script.write_text(ASKING)
    tmux.run(
        "new-session", "-d", "-s", "oma-agent-asks", f"bash -c 'exec -a claude bash {script}'"
    )
    dashboard = start_dashboard(tmux, tmp_path)
    await dashboard.sees(
        "WAITING", "Do you want to proceed?", "CPU: 0%"
    )  # by the watch, not by one look
    dashboard.press("1")
    await dashboard.sees("answer “1. Yes” to asks: Do you want to proceed? y/n")
    dashboard.press("y")
    await dashboard.sees("answered 1 to oma-agent-asks: Yes")
    tmux.run("send-keys", "-t", "oma-agent-asks", "Enter")
    await dashboard.sees("the answer was 1")


async def test_a_digit_for_an_agent_that_asks_nothing_is_not_sent(three, dashboard):
    dashboard.press("g", "3")
    await dashboard.sees("a digit answers an agent that waits")

    assert "3" not in three.run("capture-pane", "-p", "-t", "oma-agent-alpha")


async def test_stop_and_restart(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-alpha", "cat")
    tmux.run("set-option", "-w", "-t", "oma-agent-alpha", "remain-on-exit", "on")
    dashboard = start_dashboard(tmux, tmp_path)
    await dashboard.sees("alpha")
    dashboard.press("x", "y")
    await dashboard.sees("oma-agent-alpha has ended", "EXITED")
    dashboard.press("R")
    await dashboard.sees("restarted oma-agent-alpha", "Agents: 1/1 active")


async def test_help_and_grounds_are_shown(dashboard):
    dashboard.press("?")
    await dashboard.sees("Keys", "Kill it; asks first")
    dashboard.press("?")
    await dashboard.loses("Kill it; asks first")
    dashboard.press("w")
    await dashboard.sees("why it is judged so", "generic/active", "evidence")


async def test_resync_reads_everything_again(dashboard):
    dashboard.press("r")
    await dashboard.sees("asked tmux for everything again", "gamma")


async def test_q_leaves_the_terminal_as_it_was_and_the_agents_alone(three, dashboard):
    assert dashboard.modes() != SANE
    dashboard.press("q")
    code, words = await dashboard.left()

    assert code == 0
    assert " echo " in words
    assert " -echo " not in words
    assert dashboard.modes() == SANE
    assert three.run("list-sessions", "-F", "#{session_name}").count("oma-agent-") == 3


@pytest.mark.parametrize(("number", "code"), SIGNALS.items())
async def test_a_signal_leaves_the_terminal_as_it_was(dashboard, number, code):
    dashboard.send_signal(number)
    ended, words = await dashboard.left()

    assert ended == code
    assert " -echo " not in words
    assert dashboard.modes() == SANE


async def test_control_c_leaves(dashboard):
    dashboard.press("C-c")
    code, _ = await dashboard.left()

    assert (code, dashboard.modes()) == (130, SANE)


async def test_a_storm_of_sizes_ends_in_a_whole_screen(three, dashboard):
    sizes = [
        (40, 10),
        (200, 50),
        (20, 5),
        (3, 2),
        (120, 30),
        (1, 1),
        (90, 28),
        (60, 12),
        (100, 30),
    ]
    for columns, rows in sizes * 3:
        three.run("resize-window", "-t", "work", "-x", str(columns), "-y", str(rows))
    screen = await dashboard.sees("Agents: 3/3 active", "alpha", "beta", "gamma", "? help")

    assert len(screen.split("\n")) == 30


async def test_list_and_screen_stand_side_by_side_where_there_is_room(three, dashboard):
    three.run("resize-window", "-t", "work", "-x", "200", "-y", "50")
    await dashboard.sees("recent", "reason", " │ ── ")
    three.run("resize-window", "-t", "work", "-x", "80", "-y", "24")
    await dashboard.loses(" │ ── ")


async def test_an_agent_that_dies_while_selected_is_shown_as_gone(three, dashboard):
    dashboard.press("g", "j")
    await dashboard.selects("beta")
    three.run("kill-session", "-t", "oma-agent-beta")
    await dashboard.until(lambda screen: "beta" in screen and "EXITED" in screen)
    await dashboard.selects("beta")
    dashboard.press("m")
    await dashboard.sees("has ended")


async def test_an_agent_that_appears_is_listed(three, dashboard):
    three.run("new-session", "-d", "-s", "oma-agent-delta", "cat")
    await dashboard.sees("delta", "Agents: 4/4 active")


async def test_a_server_that_ends_underneath_is_said_and_waited_for(tmux, elsewhere, tmp_path):
    elsewhere.run("new-session", "-d", "-s", "oma-agent-one", "cat")
    dashboard = start_dashboard(tmux, tmp_path, "-S", elsewhere.socket_path)
    await dashboard.sees("one", "Agents: 1/1 active", "CPU: 0%")  # by the watch, not by one look
    elsewhere.run("kill-server")
    await dashboard.sees("no tmux server", "EXITED")
    elsewhere.run("new-session", "-d", "-s", "oma-agent-two", "cat")
    await dashboard.sees("two", "OK")


async def test_hostile_names_stay_inside_their_row(tmux, tmp_path):
    name = "oma-agent-日本 🟢 \u202e\u0301x"
    tmux.run("new-session", "-d", "-s", name, "printf '\\033]2;\\033[31mboo\\007'; exec cat")
    tmux.run("new-session", "-d", "-s", "oma-agent-plain", "cat")
    dashboard = start_dashboard(tmux, tmp_path)
    await dashboard.sees("日本 🟢", "plain")

    await dashboard.until(
        lambda screen: (
            sum(" OK " in line for line in screen.split("\n")) == 2 and "? help" in screen
        )
    )


async def test_enter_hands_the_terminal_over_and_takes_it_back(tmux, elsewhere, tmp_path):
    elsewhere.run("new-session", "-d", "-x", "70", "-y", "20", "-s", "oma-agent-one", "cat")
    dashboard = start_dashboard(tmux, tmp_path, "-S", elsewhere.socket_path)
    await dashboard.sees("Agents: 1/1 active")
    dashboard.press("Enter")
    await dashboard.until(lambda screen: "Agents:" not in screen and "[oma-agent" in screen)
    dashboard.type("typed by hand")
    await dashboard.sees("typed by hand")
    tmux.run("send-keys", "-t", "work", "C-b", "d")
    await dashboard.sees("Agents: 1/1 active", "typed by hand")
    dashboard.press("?")
    await dashboard.sees("Attach to the agent")

    size = "#{window_width}x#{window_height}"
    await dashboard.until(
        lambda _: elsewhere.run("display-message", "-p", "-t", "oma-agent-one", size) == "70x20\n"
    )


async def test_the_dashboard_does_not_watch_itself(three, tmp_path):
    dashboard = start_dashboard(three, tmp_path, "--match", "*")
    await dashboard.sees("Agents: 3/3 active", "alpha")

    assert not dashboard.row(" dashboard ")


async def test_ascii_and_no_colour_are_honoured(three, tmp_path):
    dashboard = start_dashboard(three, tmp_path, "--ascii", NO_COLOR=1)
    await dashboard.sees("Agents: 3/3 active", "oma", "o  alpha")

    assert "\n".join(dashboard.lines()).isascii()
    assert "38;5" not in "\n".join(dashboard.lines("-e"))


async def test_configured_keys_are_used(three, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('[keys]\nquit = ["Z"]\nhelp = ["F"]\n')
    dashboard = start_dashboard(three, tmp_path, "--config", config)
    await dashboard.sees("Agents: 3/3 active", "F help", "Z quit")
    dashboard.press("q")
    dashboard.press("Z")

    assert (await dashboard.left())[0] == 0


async def test_what_is_recorded_can_be_replayed(three, tmp_path):
    dashboard = start_dashboard(three, tmp_path, "--record", tmp_path / "day.jsonl")
    await dashboard.sees("Agents: 3/3 active")
    dashboard.press("g", "m")
    dashboard.type("hello")
    dashboard.press("Enter")
    await dashboard.sees("sent to")
    dashboard.press("q")
    assert (await dashboard.left())[0] == 0

    assert '"send"' in (tmp_path / "day.jsonl").read_text()
    replayed = await oma("replay", tmp_path / "day.jsonl", "--json")
    assert replayed.returncode == 0
    assert b"oma-agent-gamma" in replayed.stdout


async def test_without_a_terminal_it_says_what_to_use():
    ended = await oma()

    assert ended.returncode == 2
    assert b"oma watch" in ended.stderr


async def test_the_mouse_selects_and_scrolls(dashboard):
    dashboard.press("g")
    await dashboard.selects("alpha")
    dashboard.type("\x1b[<0;5;5M")  # the first button, on the fifth column of the fifth row
    await dashboard.selects("gamma")
    dashboard.type("\x1b[<64;5;5M")  # the wheel, up
    await dashboard.selects("alpha")


async def test_a_terminal_without_a_cursor_is_a_clear_message(three, tmp_path):
    dashboard = start_dashboard(three, tmp_path, TERM="dumb")
    code, _ = await dashboard.left()

    assert code == 1
    assert "TERM='dumb': cannot paint on this terminal" in "\n".join(dashboard.lines())
    assert dashboard.modes() == SANE


async def test_up_makes_a_session_and_shows_the_dashboard_in_it(tmux, elsewhere, tmp_path):
    elsewhere.run("new-session", "-d", "-s", "oma-agent-one", "cat")
    dashboard = start_dashboard(
        tmux, tmp_path, "-S", elsewhere.socket_path, command="up", inside=False
    )
    await dashboard.sees("Agents: 1/1 active", "[oma-dashb")
    tmux.run("send-keys", "-t", "work", "C-b", "d")
    assert (await dashboard.left())[0] == 0
    assert "oma-dashboard" in elsewhere.run("list-sessions")
