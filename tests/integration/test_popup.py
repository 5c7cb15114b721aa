"""An agent in a popup: seen, used, and left as it was, whatever ends the popup."""

import functools
import os
import shlex
import signal
import sys
from pathlib import Path

import attrs
import psutil
import pytest
import trio

from oma.config.schema import AttachSection
from oma.errors import CommandError
from oma.runtime.display.popup import show_in_popup
from oma.runtime.display.session_view import OurPane, settle_sizes
from oma.tmux.address import ServerAddress
from tests.support.patience import PATIENCE_S
from tests.support.user_terminal import attach_user, clients, sizes, until

pytestmark = pytest.mark.tmux

OLD = {"agent": ("100x30", ""), "wide": ("150x20", "window-size largest")}
FITTED = "106x33"
"""90 % of a terminal of 120x40, less the frame and the status line of the agent's session."""


@attrs.define
class Scenario:
    """A user who looks at a dashboard, and the agents that they can open from it."""

    us: OurPane
    socket: Path
    agents: object
    user: object
    popups: trio.Nursery
    gone: trio.Event = attrs.Factory(trio.Event)

    def session(self, name):
        return self.agents.run("display-message", "-p", "-t", name, "#{session_id}").strip()

    async def show(self, name, options=None):
        await show_in_popup(
            self.us, self.socket, self.session(name), options or AttachSection(), self.gone.wait
        )

    async def open(self, name, options=None):
        """Open the popup and wait until its client is there; return what ends the wait for it."""
        done = trio.Event()
        scope = trio.CancelScope()

        async def show():
            with scope:
                await self.show(name, options)
            done.set()

        self.popups.start_soon(show)
        await until(lambda: name in clients(self.agents).values())
        await self.user.sees(f"I am {name}")
        return functools.partial(self._closed, done), scope

    async def _closed(self, done):
        with trio.fail_after(PATIENCE_S):
            await done.wait()

    def client_pid(self, name):
        pids = self.agents.run("list-clients", "-t", name, "-F", "#{client_pid}").split()
        return int(pids[-1])


def start_agents(tmux):
    for name, columns, rows in (("agent", 100, 30), ("wide", 150, 20)):
        size = ("-x", str(columns), "-y", str(rows))
        tmux.run("new-session", "-d", *size, "-s", name, f"echo I am {name}; exec cat")
    tmux.run("set-option", "-w", "-t", "wide:", "window-size", "largest")


async def a_scenario(tmux, agents, terminals, popups):
    tmux.run("new-session", "-d", "-s", "home", "echo the dashboard; exec cat")
    start_agents(agents)
    pane = tmux.run("display-message", "-p", "-t", "home", "#{pane_id}").strip()
    us = OurPane(ServerAddress(socket_path=tmux.socket_path), pane)
    user = await attach_user(terminals, tmux, "home")
    await user.sees("the dashboard")
    return Scenario(us, Path(agents.socket_path), agents, user, popups)


def agent_sizes(tmux):
    return {name: size for name, size in sizes(tmux).items() if name in OLD}


@pytest.fixture
async def scenario(tmux, terminals, nursery):
    return await a_scenario(tmux, tmux, terminals, nursery)


async def test_a_popup_shows_the_agent_takes_keys_and_closes_by_detaching(scenario):
    closed, _ = await scenario.open("agent")
    assert agent_sizes(scenario.agents)["agent"][0] == FITTED

    scenario.user.press("h", "e", "l", "l", "o", "Enter")
    await scenario.user.sees("hello")
    scenario.user.press("C-b", "d")
    await closed()

    await scenario.user.loses("I am agent")
    assert "the dashboard" in scenario.user.screen()
    assert agent_sizes(scenario.agents) == OLD


async def test_an_option_that_a_user_had_set_is_there_again(scenario):
    closed, _ = await scenario.open("wide")
    assert agent_sizes(scenario.agents)["wide"][0] == FITTED

    scenario.user.press("C-b", "d")
    await closed()

    assert agent_sizes(scenario.agents) == OLD


async def test_a_size_that_a_user_made_manual_is_not_touched(scenario):
    scenario.agents.run("resize-window", "-t", "agent:", "-x", "70", "-y", "20")
    closed, _ = await scenario.open("agent")
    assert agent_sizes(scenario.agents)["agent"][0] == "70x20"

    scenario.user.press("C-b", "d")
    await closed()

    assert agent_sizes(scenario.agents)["agent"] == ("70x20", "window-size manual")


async def test_a_size_that_a_user_makes_manual_meanwhile_is_theirs(scenario):
    closed, _ = await scenario.open("agent")
    scenario.agents.run("resize-window", "-t", "agent:", "-x", "70", "-y", "20")

    scenario.user.press("C-b", "d")
    await closed()

    assert agent_sizes(scenario.agents)["agent"] == ("70x20", "window-size manual")


async def test_keep_crops_the_view_and_changes_nothing(scenario):
    closed, _ = await scenario.open("wide", AttachSection(size="keep"))
    assert agent_sizes(scenario.agents)["wide"][0] == OLD["wide"][0]

    scenario.user.press("C-b", "d")
    await closed()

    assert agent_sizes(scenario.agents) == OLD


async def test_the_popup_has_the_size_that_is_configured(scenario):
    closed, _ = await scenario.open("agent", AttachSection(popup_width=50, popup_height=50))
    assert agent_sizes(scenario.agents)["agent"][0] == "58x17"

    scenario.user.press("C-b", "d")
    await closed()


async def test_every_window_that_was_looked_at_has_its_size_back(scenario):
    def widths():
        return scenario.agents.run("list-windows", "-t", "agent", "-F", "#{window_width}").split()

    scenario.agents.run("new-window", "-d", "-t", "agent", "cat")
    before = widths()
    closed, _ = await scenario.open("agent")
    scenario.user.press("C-b", "n")
    await until(lambda: widths() == ["106", "106"], widths)

    scenario.user.press("C-b", "d")
    await closed()

    assert before == widths()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_the_client_in_the_popup_is_killed(scenario, number):
    closed, _ = await scenario.open("agent")

    os.kill(scenario.client_pid("agent"), number)
    await closed()

    assert agent_sizes(scenario.agents) == OLD


async def test_the_popup_is_closed_from_elsewhere(scenario):
    closed, _ = await scenario.open("agent")

    scenario.agents.run("display-popup", "-C", "-c", scenario.user.terminal)
    await closed()

    await until(lambda: agent_sizes(scenario.agents) == OLD, lambda: sizes(scenario.agents))


async def test_the_user_s_terminal_is_killed(scenario):
    closed, _ = await scenario.open("agent")

    scenario.user.leave()
    await closed()

    await until(lambda: agent_sizes(scenario.agents) == OLD, lambda: sizes(scenario.agents))


async def test_the_dashboard_ends_while_the_popup_is_open(scenario):
    closed, scope = await scenario.open("agent")

    scope.cancel()
    await closed()

    await scenario.user.loses("I am agent")
    await until(lambda: agent_sizes(scenario.agents) == OLD, lambda: sizes(scenario.agents))


_PROGRAM = """
import os, sys, trio
from pathlib import Path
from oma.config.schema import AttachSection
from oma.runtime.display.popup import show_in_popup
from oma.runtime.display.session_view import our_pane
us = our_pane(os.environ)
trio.run(show_in_popup, us, Path(sys.argv[1]), sys.argv[2], AttachSection(), trio.sleep_forever)
"""


async def test_a_killed_dashboard_leaves_the_popup_to_the_user(scenario):
    words = [sys.executable, "-c", _PROGRAM, str(scenario.socket), scenario.session("agent")]
    line = shlex.join(["env", f"PYTHONPATH={os.getcwd()}", *words])
    scenario.agents.run(
        "respawn-pane", "-k", "-t", scenario.us.pane, f"{line} & echo $! is it; wait; cat"
    )
    await scenario.user.sees("I am agent")
    behind = scenario.agents.run("capture-pane", "-p", "-t", scenario.us.pane)

    os.kill(int(behind.split()[0]), signal.SIGKILL)
    scenario.user.press("s", "t", "i", "l", "l", "Enter")
    await scenario.user.sees("still")
    assert agent_sizes(scenario.agents)["agent"][0] == FITTED
    scenario.user.press("C-b", "d")

    await until(lambda: agent_sizes(scenario.agents) == OLD, lambda: sizes(scenario.agents))


async def test_what_even_the_view_could_not_do_is_done_by_the_next_dashboard(scenario):
    closed, _ = await scenario.open("agent")
    terminal = next(tty for tty, name in clients(scenario.agents).items() if name == "agent")
    view = next(
        process
        for process in psutil.process_iter(["terminal", "cmdline"])
        if process.info["terminal"] == terminal
        and "session_view.sh" in " ".join(process.info["cmdline"])
    )

    view.kill()
    await closed()
    await until(lambda: "agent" not in clients(scenario.agents).values())
    assert agent_sizes(scenario.agents)["agent"][0] == FITTED

    await settle_sizes(scenario.socket)
    assert agent_sizes(scenario.agents) == OLD


async def test_the_first_of_two_viewers_who_leaves_takes_no_size_away(scenario, terminals):
    closed, _ = await scenario.open("agent")
    other = await attach_user(terminals, scenario.agents, "agent", columns=90, rows=25)
    scenario.user.press("C-b", "d")
    await closed()
    assert agent_sizes(scenario.agents)["agent"][0] == "90x24"

    other.leave()
    await until(lambda: "agent" not in clients(scenario.agents).values())
    await settle_sizes(scenario.socket)

    assert agent_sizes(scenario.agents) == OLD


async def test_an_agent_that_ends_closes_its_popup(scenario):
    closed, _ = await scenario.open("agent")

    scenario.agents.run("kill-session", "-t", "agent")
    await closed()

    await scenario.user.sees("the dashboard")


async def test_where_tmux_shows_another_session_instead_the_popup_closes_all_the_same(scenario):
    scenario.agents.run("set-option", "-g", "detach-on-destroy", "off")
    closed, _ = await scenario.open("agent")

    scenario.agents.run("kill-session", "-t", "agent")
    scenario.gone.set()
    await closed()

    await scenario.user.loses("I am")
    left = {"wide": OLD["wide"]}
    await until(lambda: agent_sizes(scenario.agents) == left, lambda: sizes(scenario.agents))


async def test_agents_may_live_on_another_server(tmux, terminals, nursery):
    scenario = await a_scenario(tmux, terminals, terminals, nursery)
    closed, _ = await scenario.open("agent")
    assert agent_sizes(terminals)["agent"][0] == "106x34"  # no status line there

    scenario.user.press("C-b", "d")
    await closed()

    assert agent_sizes(terminals) == OLD


async def test_a_user_without_a_terminal_is_told(scenario):
    scenario.user.leave()
    await until(lambda: not clients(scenario.agents))

    with pytest.raises(CommandError, match="no client of tmux shows the dashboard"):
        await scenario.show("agent")


async def test_a_control_client_is_never_given_a_popup(scenario, attach):
    attach("home")
    terminal = scenario.user.terminal
    scenario.user.leave()
    await until(lambda: terminal not in clients(scenario.agents))

    with pytest.raises(CommandError, match="no client of tmux shows the dashboard"):
        await scenario.show("agent")


async def test_what_would_do_harm_is_refused(scenario):
    with pytest.raises(CommandError, match="the one that the dashboard runs in"):
        await scenario.show("home")
    gone = show_in_popup(scenario.us, scenario.socket, "$99", AttachSection(), trio.sleep_forever)
    with pytest.raises(CommandError, match="gone"):
        await gone
    watcher = scenario.agents.control("attach-session", "-f", "ignore-size", "-t", "agent")
    watcher.stdout.readline()
    scenario.agents.run("set-option", "-t", "agent", "destroy-unattached", "on")
    with pytest.raises(CommandError, match="destroy-unattached"):
        await scenario.show("agent")
    scenario.agents.run("set-option", "-t", "agent", "destroy-unattached", "off")
    watcher.communicate()
    assert agent_sizes(scenario.agents) == OLD
