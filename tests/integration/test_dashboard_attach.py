"""The real dashboard shows its agents: popup, right pane, the user's terminal; and starts them."""

import json
import os
import shlex
import shutil
import signal
import sys
from pathlib import Path

import attrs
import pytest

from tests.support.user_terminal import attach_user, clients, sizes, until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

OLD = {"oma-agent-one": ("100x30", ""), "oma-agent-two": ("90x28", "")}


@attrs.define
class Scenario:
    """A user at a dashboard in tmux."""

    tmux: object
    user: object

    def press(self, *keys):
        self.user.press(*keys)

    def type(self, text):
        self.user.press("-l", "--", text)

    async def sees(self, *texts):
        for text in texts:
            await self.user.sees(text)

    def panes(self):
        """The panes of the dashboard's window, its own one first."""
        return self.tmux.run("list-panes", "-t", "work", "-F", "#{pane_id}").split()

    async def selects(self, name):
        await until(
            lambda: any("▸" in line and name in line for line in self.user.screen().split("\n")),
            self.user.screen,
        )

    async def in_right_pane(self, session):
        await until(lambda: len(self.panes()) == 2, lambda: str(self.panes()))
        await until(lambda: self._right() == session, lambda: str(clients(self.tmux)))

    def _right(self):
        tty = self.tmux.run("display-message", "-p", "-t", self.panes()[1], "#{pane_tty}").strip()
        return clients(self.tmux).get(tty)

    async def settled(self):
        """Wait until all agents have their old sizes back."""

        def left():
            return {name: size for name, size in sizes(self.tmux).items() if name in OLD}

        await until(lambda: left() == OLD, lambda: str(left()))


def command(tmux, folder, *options, mode="popup", more=""):
    """Return the line that runs a dashboard in a pane."""
    config = folder / "config.toml"
    config.write_text(f'[attach]\nmode = "{mode}"\nright_pane_width = "60"\n{more}')
    words = [
        sys.executable,
        "-m",
        "oma",
        "-S",
        tmux.socket_path,
        "--config",
        str(config),
        *options,
    ]
    return f"env HOME={folder} TERM=xterm-256color LC_ALL=C.UTF-8 {shlex.join(words)}"


def start_agents(tmux):
    for name, (size, _) in OLD.items():
        columns, rows = size.split("x")
        new = ("new-session", "-d", "-x", columns, "-y", rows, "-s", name)
        tmux.run(*new, f"echo I am {name}; exec cat")
    # Keys of a test follow each other within a millisecond: tmux would take them for a paste.
    tmux.run("set-option", "-g", "assume-paste-time", "0")


async def sit_at(tmux, terminals, folder, *options, **facts):
    start_agents(tmux)
    line = command(tmux, folder, *options, **facts)
    tmux.run("new-session", "-d", "-x", "109", "-y", "40", "-s", "work", f"{line}; exec cat")
    user = await attach_user(terminals, tmux, "work", columns=109)
    scenario = Scenario(tmux, user)
    await scenario.sees("Agents: 2/2 active")
    scenario.press("g")
    await scenario.selects("one")
    return scenario


@pytest.fixture
async def scenario(tmux, terminals, tmp_path):
    return await sit_at(tmux, terminals, tmp_path)


async def test_enter_opens_a_popup_over_the_dashboard_and_detaching_closes_it(scenario):
    scenario.press("Enter")
    await scenario.sees("┌", "I am oma-agent-one", "Agents: 2/2")
    scenario.type("typed by hand")
    await scenario.sees("typed by hand")
    scenario.press("C-b", "d")
    await scenario.settled()
    scenario.press("j")
    await scenario.selects("two")
    assert len(scenario.panes()) == 1


async def test_the_popup_of_an_agent_that_is_killed_closes(scenario):
    scenario.press("Enter")
    await scenario.sees("┌", "I am oma-agent-one")
    scenario.tmux.run("kill-session", "-t", "oma-agent-one")
    await scenario.sees("EXITED")
    scenario.press("?")
    await scenario.sees("Attach to the agent")


async def test_the_dashboard_is_left_with_the_popup_of_a_killed_dashboard(scenario):
    scenario.press("Enter")
    await scenario.sees("┌", "I am oma-agent-one")
    scenario.tmux.run("kill-session", "-t", "work")
    await scenario.settled()


async def test_s_shows_agents_in_the_right_pane_and_the_list_marks_the_occupant(scenario):
    scenario.press("s")
    await scenario.in_right_pane("oma-agent-one")
    await scenario.sees("*one", "I am oma-agent-one")
    scenario.press("j")
    await scenario.selects("two")
    await scenario.sees("*one")
    scenario.press("s")
    await scenario.in_right_pane("oma-agent-two")
    await scenario.sees("*two")

    scenario.press("q")
    await until(lambda: len(scenario.panes()) == 1)
    await scenario.settled()


async def test_a_right_pane_that_was_closed_by_hand_is_made_anew(scenario):
    scenario.press("s")
    await scenario.in_right_pane("oma-agent-one")
    await scenario.sees("*one")
    scenario.tmux.run("kill-pane", "-t", scenario.panes()[1])
    await scenario.user.loses("*one")
    await scenario.settled()

    scenario.press("s")
    await scenario.in_right_pane("oma-agent-one")
    await scenario.sees("*one")


async def test_an_agent_that_is_left_inside_the_right_pane_loses_its_mark(scenario):
    scenario.press("s")
    await scenario.in_right_pane("oma-agent-one")
    await scenario.sees("*one")
    (right,) = (
        tty for tty, name in clients(scenario.tmux).items() if tty and name == "oma-agent-one"
    )
    scenario.tmux.run("detach-client", "-t", right)
    await scenario.sees("is not shown any more")
    await scenario.user.loses("*one")
    scenario.press("s")
    await scenario.in_right_pane("oma-agent-one")
    await scenario.sees("*one")


async def test_the_right_pane_of_an_occupant_that_is_killed_says_so_and_takes_the_next(scenario):
    # tmux would show another agent there, which nobody asked for.
    scenario.tmux.run("set-option", "-g", "detach-on-destroy", "off")
    scenario.press("s")
    await scenario.in_right_pane("oma-agent-one")
    await scenario.sees("*one")
    scenario.tmux.run("kill-session", "-t", "oma-agent-one")
    await scenario.sees("is not shown any more")
    await scenario.user.loses("*one")
    scenario.press("G")
    await scenario.selects("two")
    scenario.press("s")
    await scenario.in_right_pane("oma-agent-two")
    await scenario.sees("*two")


async def test_in_mode_split_the_pane_stands_from_the_start_and_enter_fills_it(
    tmux, terminals, tmp_path
):
    scenario = await sit_at(tmux, terminals, tmp_path, mode="split")
    await scenario.sees("Agents are shown here.")
    scenario.press("Enter")
    await scenario.in_right_pane("oma-agent-one")
    scenario.press("q")
    await until(lambda: len(scenario.panes()) == 1)


async def test_the_terminal_is_handed_over_where_nobody_can_have_a_popup(scenario):
    scenario.press("j")
    await scenario.selects("two")
    scenario.user.leave()
    await until(lambda: "work" not in clients(scenario.tmux).values())
    scenario.tmux.run("send-keys", "-t", "work:", "Enter")

    def screen():
        return scenario.tmux.run("capture-pane", "-p", "-t", "work:")

    await until(lambda: "I am oma-agent-two" in screen() and "Agents:" not in screen(), screen)
    scenario.tmux.run("send-keys", "-t", "work:", "C-b", "d")
    await until(lambda: "no client of tmux shows the dashboard; it had" in screen(), screen)
    assert "Agents: 2/2" in screen()


async def test_what_tmux_refuses_is_shown_by_the_user_s_own_tmux_and_never_nested(
    tmux, terminals, tmp_path
):
    start_agents(tmux)
    tmux.run("set-option", "-g", "prefix", "C-a")
    line = command(tmux, tmp_path)
    tmux.run("new-session", "-d", "-s", "work", f"{line}; exec cat")
    user = await attach_user(terminals, tmux, "work")
    await user.sees("Agents: 2/2")
    tmux.run("resize-window", "-t", "work", "-x", "2")  # no room for another pane
    user.press("g", "s")
    await until(lambda: clients(tmux)[user.terminal] == "oma-agent-one", user.screen)
    await user.sees("I am oma-agent-one")
    user.press("C-a", "L")
    await until(lambda: clients(tmux)[user.terminal] == "work", user.screen)
    tmux.run("resize-window", "-A", "-t", "work")
    await user.sees("tmux refused: no space for new pane")


async def test_outside_of_tmux_there_is_no_right_pane_and_enter_hands_the_terminal_over(
    tmux, terminals, tmp_path
):
    start_agents(tmux)
    line = f"env -u TMUX -u TMUX_PANE {command(tmux, tmp_path)}"
    terminals.run("new-session", "-d", "-x", "100", "-y", "30", "-s", "term", line)

    def screen():
        return terminals.run("capture-pane", "-p", "-t", "term")

    await until(lambda: "Agents: 2/2 active" in screen(), screen)
    terminals.run("send-keys", "-t", "term", "g", "s")
    await until(lambda: "no right pane outside of tmux" in screen(), screen)
    terminals.run("send-keys", "-t", "term", "Enter")
    await until(lambda: "I am oma-agent-one" in screen() and "Agents:" not in screen(), screen)
    prefix = "C-a"  # the terminals' own server takes C-b from nobody: keys are sent to the pane
    tmux.run("set-option", "-g", "prefix", prefix)
    terminals.run("send-keys", "-t", "term", prefix, "d")
    await until(lambda: "Agents: 2/2 active" in screen(), screen)
    terminals.run("send-keys", "-t", "term", "?")
    await until(lambda: "Attach to the agent" in screen(), screen)


PROFILE = """
resume = "echo {id} is back again; exec cat"

[match]
command = ["parrot"]
"""


async def test_an_agent_that_has_ended_comes_back_by_enter(tmux, terminals, tmp_path):
    profiles = tmp_path / ".config" / "oma" / "profiles"
    profiles.mkdir(parents=True)
    (profiles / "parrot.toml").write_text(PROFILE)
    scenario = await sit_at(tmux, terminals, tmp_path, mode="split")
    parrot = tmp_path / "parrot"
    parrot.symlink_to(shutil.which("sleep"))
    tmux.run("new-session", "-d", "-s", "oma-agent-zoe", "--", str(parrot), "999")
    tmux.run("set-option", "-w", "-t", "oma-agent-zoe", "remain-on-exit", "on")
    await scenario.sees("zoe", "Agents: 3/3")
    pid = tmux.run("display-message", "-p", "-t", "oma-agent-zoe", "#{pane_pid}").strip()
    os.kill(int(pid), signal.SIGTERM)
    await scenario.sees("EXITED")
    scenario.press("g")
    await scenario.selects("zoe")
    scenario.press("Enter")
    await scenario.sees("zoe is back again")


async def test_a_new_agent_is_started_by_the_form_and_selected(scenario, tmp_path):
    (tmp_path / "project").mkdir()
    scenario.press("n")
    await scenario.sees("New agent", "▸ name")
    scenario.press("C-u")
    scenario.type("zed")
    scenario.press("Down", "C-u")
    scenario.type("cat")
    scenario.press("Down", "C-u")
    scenario.type(f"{tmp_path}/pro")
    scenario.press("Tab")
    await scenario.sees(f"{tmp_path}/project/")
    scenario.press("Enter")
    await scenario.selects("zed")
    await scenario.sees("started oma-agent-zed: cat")

    at = scenario.tmux.run("display-message", "-p", "-t", "oma-agent-zed", "#{pane_current_path}")
    assert Path(at.strip()) == tmp_path / "project"


async def test_a_new_agent_that_is_not_listed_is_said_to_be_so(tmux, terminals, tmp_path):
    scenario = await sit_at(tmux, terminals, tmp_path, "--match", "*-[ot][nw][eo]")
    scenario.press("n")
    await scenario.sees("New agent")
    scenario.press("Down", "C-u")
    scenario.type("cat")
    scenario.press("Enter")
    await scenario.sees("started oma-agent-1, which this oma does not list: cat")


@pytest.mark.parametrize(
    ("field", "text", "refusal"),
    [
        (0, "no way", "expected letters, digits"),
        (0, "one", "there is an agent 'oma-agent-one' already"),
        (1, "no-such-program-anywhere", "not found on PATH"),
        (2, "/no/such/place", "no such directory"),
    ],
)
async def test_what_cannot_be_started_is_said_in_the_form(scenario, field, text, refusal):
    scenario.press("n")
    await scenario.sees("New agent")
    scenario.press("Down", "C-u")
    scenario.type("cat")
    scenario.press("Up", *["Down"] * field, "C-u")
    scenario.type(text)
    scenario.press("Enter")
    await scenario.sees(refusal, "New agent", text)
    assert scenario.tmux.run("list-sessions", "-F", "#{session_name}").count("oma-agent-") == 2

    scenario.press("Escape")
    await scenario.sees("nothing started", "Agents: 2/2 active")


async def test_what_was_asked_for_is_in_the_recording(tmux, terminals, tmp_path):
    recording = tmp_path / "day.jsonl"
    scenario = await sit_at(tmux, terminals, tmp_path, "--record", str(recording))
    scenario.press("s")
    await scenario.in_right_pane("oma-agent-one")
    scenario.press("q")
    await until(lambda: '"monitor-stopped"' in recording.read_text(), recording.read_text)
    sent = [line for line in recording.read_text().splitlines() if '"command-sent"' in line]
    assert [json.loads(line)["command"] for line in sent] == ["show"]
