"""The dashboard and its terminal: unknown keys, job control, flow control, and the ends of a run."""

import shlex
import signal
import sys

import psutil
import pytest

from tests.support.dashboard_pane import SANE, DashboardPane, start_dashboard

pytestmark = pytest.mark.tmux

MODES = "#{alternate_on} #{mouse_any_flag}"


@pytest.fixture
def alpha(tmux):
    """Give a server with one agent."""
    tmux.run("new-session", "-d", "-s", "oma-agent-alpha", "cat")
    return tmux


@pytest.fixture
async def dashboard(alpha, tmp_path):
    """Give a dashboard on it."""
    pane = start_dashboard(alpha, tmp_path)
    await pane.sees("Agents: 1/1 active")
    return pane


def sends(dashboard, data):
    """Send bytes as a terminal would."""
    dashboard.tmux.run(
        "send-keys", "-t", dashboard.target, "-H", *(f"{byte:02x}" for byte in data)
    )


UNKNOWN = [
    b"\x1bx", b"\x1bK", b"\x1bq", b"\x1b[27;2;13~", b"\x1b[27;3;120~", b"\x1b[120;3u", b"\x1b[120;5u",
    b"\x1b[I", b"\x1b[O", b"\x1b[1;9Z", b"\x1bOz", b"\x1b[?62;4c", b"\x1b[12;3;4x", b"\x1bP1$r0m\x1b\\",
    b"\x1b]4;1;rgb:ff/00/00\x07", b"\x1b[99~", b"\x1b\x1b[1;9x", b"\x1b[[K",
]  # fmt: skip


async def test_a_key_that_is_unknown_does_nothing_and_never_two_things(alpha, dashboard):
    for sequence in UNKNOWN:
        sends(dashboard, sequence)
    dashboard.press("?")  # the next key is read as what it is
    await dashboard.sees("Kill it; asks first")
    dashboard.press("?")
    await dashboard.loses("Kill it; asks first")

    assert "oma-agent-alpha" in alpha.run("list-sessions")
    assert "y/n" not in "\n".join(dashboard.lines())


async def test_a_message_that_is_being_typed_survives_keys_with_alt(alpha, dashboard):
    dashboard.press("m")
    await dashboard.sees("to alpha:")
    dashboard.type("one")
    for sequence in [*UNKNOWN, b"\x1b\r", b"\x1b[13;3u", b"\x1b[13;2u"]:
        sends(dashboard, sequence)
    dashboard.type("two")
    await dashboard.sees("to alpha: onetwo")
    sends(dashboard, b"\x1bOt\x1bOu")
    await dashboard.sees("to alpha: onetwo45")


@pytest.mark.parametrize("sequence", [b"\x1b[B", b"\x1bOB"])
async def test_arrows_are_known_in_both_modes_of_the_cursor_keys(alpha, dashboard, sequence):
    alpha.run("new-session", "-d", "-s", "oma-agent-beta", "cat")
    await dashboard.sees("beta")
    dashboard.press("g")
    await dashboard.selects("alpha")
    sends(dashboard, sequence)
    await dashboard.selects("beta")


async def test_a_paste_holds_no_signal(alpha, dashboard):
    dashboard.press("m")
    await dashboard.sees("to alpha:")
    sends(dashboard, b"\x1b[200~one\x03\x1c\x1a\x13two\x1b[201~")
    await dashboard.sees("to alpha: onetwo")


async def test_the_palette_does_what_keys_do_and_the_help_is_searched(alpha, dashboard):
    dashboard.press("C-p")
    await dashboard.sees("acts are about alpha")
    dashboard.type("kill")
    await dashboard.until(lambda screen: "1 of " in screen and screen.endswith(" : kill"))
    dashboard.press("Enter")
    await dashboard.sees("kill alpha?", "y/n")
    dashboard.press("n", "?", "/")
    dashboard.type("kill")
    await dashboard.until(lambda s: "Kill it; asks first" in s and "Start an agent" not in s)
    dashboard.press("Enter", "q")
    await dashboard.loses("any other key goes back")

    assert "oma-agent-alpha" in alpha.run("list-sessions")


async def test_a_pane_is_read_searched_and_copied_from(alpha, dashboard):
    alpha.run("send-keys", "-t", "oma-agent-alpha", "-l", "the second word")
    await dashboard.sees("the second word")
    dashboard.press("p")
    await dashboard.sees("row 1 of 1", "the second word")
    dashboard.press("/")
    dashboard.type("word")
    await dashboard.sees("/word")
    dashboard.press("Enter", "y")
    await dashboard.sees("copied 1 line")

    assert alpha.run("show-buffer") == "the second word"


async def test_ctrl_s_and_ctrl_q_freeze_nothing(dashboard):
    dashboard.press("C-s", "?")
    await dashboard.sees("Kill it; asks first")
    dashboard.press("C-q")  # any key goes back
    await dashboard.loses("Kill it; asks first")


async def test_ctrl_backslash_leaves_a_sane_terminal(dashboard):
    dashboard.press("C-\\")
    code, words = await dashboard.left()

    assert (code, dashboard.modes()) == (128 + signal.SIGQUIT, SANE)
    assert " -echo " not in words
    assert " ixon " in words


async def test_a_quit_signal_leaves_a_sane_terminal(dashboard):
    dashboard.send_signal(signal.SIGQUIT)
    code, words = await dashboard.left()

    assert (code, dashboard.modes()) == (128 + signal.SIGQUIT, SANE)
    assert " -echo " not in words


@pytest.fixture
async def shell(alpha, tmp_path):
    """Give an interactive shell that has started the dashboard as its job."""
    oma = shlex.join([sys.executable, "-m", "oma"])
    script = f"TERM=xterm-256color LC_ALL=C.UTF-8 HOME=/nonexistent {oma}"
    alpha.run(
        "new-session", "-d", "-x", "100", "-y", "30", "-s", "work", *shlex.split("bash --norc -i")
    )
    pane = DashboardPane(alpha, "work", tmp_path / "none")
    await pane.sees("bash")
    pane.type(f"PS1='SHELL> '; clear; {script}")
    pane.press("Enter")
    await pane.sees("Agents: 1/1 active")
    return pane


async def test_after_ctrl_z_the_shell_has_the_terminal_and_after_fg_the_dashboard(alpha, shell):
    shell.press("C-z")
    await shell.sees("Stopped", "SHELL>")
    assert shell.modes() == SANE
    shell.type("stty -a | grep -o -- '-*ixon'; fg")
    shell.press("Enter")
    await shell.sees("Agents: 1/1 active")
    await shell.until(lambda _: alpha.run("display", "-p", "-t", "work", MODES) == "1 1\n")

    alpha.run("set-buffer", "Kyq\n")
    alpha.run("paste-buffer", "-p", "-t", "work")
    await shell.sees("what is pasted is no key")
    shell.press("q")
    await shell.sees("SHELL>")
    assert shell.modes() == SANE


async def test_a_stop_from_outside_is_survived_too(alpha, shell):
    bash = psutil.Process(int(alpha.run("display", "-p", "-t", "work", "#{pane_pid}")))
    bash.children()[0].suspend()
    await shell.sees("Stopped", "SHELL>")
    shell.type("fg")
    shell.press("Enter")
    await shell.until(lambda screen: "Agents: 1/1 active" in screen and "SHELL>" not in screen)
    await shell.until(lambda _: alpha.run("display", "-p", "-t", "work", MODES) == "1 1\n")
    shell.press("C-s", "?")
    await shell.sees("Kill it; asks first")
    shell.press("?", "q")
    await shell.sees("SHELL>")
    assert shell.modes() == SANE


async def test_in_the_background_it_stays_stopped_and_leaves_the_shell_alone(alpha, shell):
    shell.press("C-z")
    await shell.sees("Stopped", "SHELL>")
    shell.type("bg; echo it is $((40 + 2))")
    shell.press("Enter")
    await shell.sees("it is 42")
    shell.type("jobs; echo that was $((40 + 3))")
    shell.press("Enter")
    await shell.sees("that was 43")
    assert shell.modes() == SANE
    shell.type("fg")
    shell.press("Enter")
    await shell.sees("Agents: 1/1 active")
    shell.press("q")
    await shell.sees("SHELL>")


async def test_the_mouse_is_left_alone_where_that_is_asked_for(alpha, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[dashboard]\nmouse = false\n")
    dashboard = start_dashboard(alpha, tmp_path, "--config", config)
    await dashboard.sees("Agents: 1/1 active")

    assert alpha.run("display", "-p", "-t", "work", MODES) == "1 0\n"


DARK_KEY, LIGHT_KEY = "38;5;39m", "38;5;25m"


async def test_the_theme_follows_the_terminals_answer_which_is_never_keys(dashboard):
    await dashboard.until(lambda _: DARK_KEY in "\n".join(dashboard.lines("-e")))
    dashboard.press("m")
    await dashboard.sees("to alpha:")
    answer = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
    sends(dashboard, answer[:9])
    sends(dashboard, answer[9:])
    # A look may fall between two pieces of a frame.
    await dashboard.until(
        lambda _: (
            LIGHT_KEY in (screen := "\n".join(dashboard.lines("-e"))) and DARK_KEY not in screen
        )
    )
    await dashboard.until(lambda screen: screen.rstrip().endswith("to alpha:"))


@pytest.mark.parametrize(("theme", "key"), [("light", LIGHT_KEY), ("terminal", "36m")])
async def test_a_theme_is_chosen_by_the_configuration(alpha, tmp_path, theme, key):
    config = tmp_path / "config.toml"
    config.write_text(f'[dashboard]\ntheme = "{theme}"\n')
    dashboard = start_dashboard(alpha, tmp_path, "--config", config)
    await dashboard.sees("Agents: 1/1 active")

    await dashboard.until(lambda _: key in "\n".join(dashboard.lines("-e")))
    assert ("38;5" in "\n".join(dashboard.lines("-e"))) == (theme == "light")


async def test_a_light_terminal_may_say_so_in_the_environment(alpha, tmp_path):
    dashboard = start_dashboard(alpha, tmp_path, COLORFGBG="0;15")
    await dashboard.sees("Agents: 1/1 active")

    await dashboard.until(lambda _: LIGHT_KEY in "\n".join(dashboard.lines("-e")))
