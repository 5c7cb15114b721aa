"""Keys and agent panes: none is typed into an agent unasked, and nobody is kept from sending some."""

import shlex
from pathlib import Path

import attrs
import pytest

from oma.errors import CommandError
from oma.runtime.display.key_access import make_writable
from oma.runtime.display.session_view import looking_view_argv
from oma.tmux.address import ServerAddress
from tests.support.dashboard_pane import start_dashboard
from tests.support.oma_process import oma
from tests.support.tiled_window import Tiled

pytestmark = pytest.mark.tmux

ASKS = r"""
printf '\033[2J\033[H Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel · Tab to amend\n'
read -r answer; printf 'the answer was %s\n' "$answer"; exec cat
"""


@attrs.define
class Scenario:
    """A dashboard that shows an agent in a pane.

    Args:
        agents: The server of the agent.
        dashboard: Its own pane.
        tiled: Its window.
        session: Of the agent.
    """

    agents: object
    dashboard: object
    tiled: Tiled
    session: str

    def type_into_the_pane(self, text):
        pane = self.tiled.shown()[self.session]
        self.tiled.tmux.run("send-keys", "-t", pane, text, "Enter")

    def screen(self):
        return self.agents.run("capture-pane", "-p", "-t", f"{self.session}:")

    async def arrives(self, text):
        await self.tiled.until(lambda: self.screen().count(text) == 2, self.screen)  # cat says it


@pytest.fixture(params=["its own server", "another server"])
def a_scenario(request, tmux, terminals, tmp_path):
    """Give a function that starts an agent and shows it in a pane of a dashboard's window."""

    async def a_scenario(command):
        own = request.param == "its own server"
        where = () if own else ("-S", tmux.socket_path)
        home = tmux if own else terminals
        home.run("new-session", "-d", "-s", "else", "-x", "300", "-y", "60", "cat")
        agents = Tiled(tmux)
        session = agents.start("alpha", command)
        dashboard = start_dashboard(home, tmp_path, *where, columns=300, rows=60)
        main = home.run("display-message", "-p", "-t", "work", "#{pane_id}").strip()
        await dashboard.sees("/1 active")
        dashboard.press("t")
        await dashboard.sees("1 in panes")
        await agents.until(lambda: session in agents.views())
        return Scenario(tmux, dashboard, Tiled(home, main=main), session)

    return a_scenario


async def test_only_what_is_not_typed_into_its_pane_reaches_an_agent(a_scenario):
    scenario = await a_scenario("cat")

    scenario.type_into_the_pane("not for you")
    scenario.agents.run("send-keys", "-t", f"{scenario.session}:", "from a shell", "Enter")
    await scenario.arrives("from a shell")
    sent = await oma("-S", scenario.agents.socket_path, "send", "alpha", "from a command")
    assert sent.returncode == 0, sent.stderr
    await scenario.arrives("from a command")
    scenario.dashboard.press("m")
    await scenario.dashboard.sees("to alpha:")
    scenario.dashboard.type("from the dashboard")
    scenario.dashboard.press("Enter")
    await scenario.dashboard.sees("sent to oma-agent-alpha")
    await scenario.arrives("from the dashboard")

    assert "not for you" not in scenario.screen()


async def test_when_the_pane_takes_keys_the_others_still_reach_the_agent(a_scenario):
    scenario = await a_scenario("cat")
    scenario.dashboard.press("i")
    await scenario.dashboard.sees("the pane of oma-agent-alpha takes keys now")

    scenario.type_into_the_pane("for you")
    await scenario.arrives("for you")
    scenario.agents.run("send-keys", "-t", f"{scenario.session}:", "from a shell", "Enter")
    await scenario.arrives("from a shell")


async def test_a_dialog_is_answered_while_a_pane_shows_it(a_scenario, tmp_path):
    script = tmp_path / "asks.sh"
    script.write_text(ASKS)
    scenario = await a_scenario(f"bash -c 'exec -a claude bash {script}'")
    await scenario.dashboard.sees("WAITING")

    scenario.dashboard.press("1")
    await scenario.dashboard.sees("answer “1. Yes” to alpha: Do you want to proceed? y/n")
    scenario.dashboard.press("y")
    await scenario.dashboard.sees("answered 1 to oma-agent-alpha")
    scenario.agents.run("send-keys", "-t", f"{scenario.session}:", "Enter")

    await scenario.tiled.until(lambda: "the answer was 1" in scenario.screen(), scenario.screen)


async def test_keys_that_came_before_the_view_are_thrown_away(tmux):
    tiled = Tiled(tmux)
    tiled.open()
    a = tiled.start("a")
    view = shlex.join(looking_view_argv(Path(tmux.socket_path), a, ""))
    waits = shlex.join([*tmux.argv("wait-for", "typed")])
    program = ("/bin/sh", "-c", f"{waits}; exec {view}")
    pane = tmux.run("split-window", "-d", "-t", tiled.main, "-P", "-F", "#{pane_id}", *program)
    tmux.run("send-keys", "-t", pane.strip(), "too early", "Enter")
    await tiled.until(lambda: "too early" in tmux.run("capture-pane", "-p", "-t", pane.strip()))
    tmux.run("wait-for", "-S", "typed")
    await tiled.until(lambda: a in tiled.views())
    tmux.run("send-keys", "-t", f"{a}:", "marker", "Enter")

    def shown():
        return tmux.run("capture-pane", "-p", "-t", pane.strip())

    await tiled.until(lambda: shown().count("marker") == 2, shown)
    assert "too early" not in shown()


async def test_a_pane_that_shows_the_session_of_that_number_of_another_server_takes_no_keys(
    tmux, terminals
):
    tiled, others = Tiled(tmux), Tiled(terminals)
    tiled.open()
    others.open()
    a = tiled.start("a")
    assert others.start("a") == a
    server = ServerAddress(socket_path=tmux.socket_path)

    async with tiled.tiling():
        await tiled.until(lambda: a in tiled.views())
        with pytest.raises(CommandError, match="no pane shows this agent"):
            await make_writable(server, Path(terminals.socket_path), a)
