"""The right pane: whatever a user does with it, the next key works, and no size is left behind."""

import os
import shlex
import signal
import sys
from pathlib import Path

import attrs
import pytest
import trio

from oma.config.schema import Attach
from oma.errors import CommandError
from oma.model.printable import printable
from oma.runtime.display import session_view
from oma.runtime.display.right_pane import RightPaneView
from oma.runtime.display.session_view import OurPane
from oma.tmux.address import ServerAddress
from oma.tmux.pane_mark import PaneRole
from oma.tmux.queries.window_panes import LIST_WINDOW_PANES, parse_window_panes
from tests.support.patience import PATIENCE_S
from tests.support.private_tmux import TMUX
from tests.support.user_terminal import attach_user, clients, sizes, until

pytestmark = pytest.mark.tmux

OLD = {"one": ("100x30", ""), "two": ("90x28", "")}
OPTIONS = Attach(right_pane_width="50")
FITTED = "50x38"


@attrs.define
class Desk:
    """A dashboard with its user, and its right pane."""

    tmux: object
    agents: object
    view: RightPaneView
    user: object

    def session(self, name):
        return self.agents.run("display-message", "-p", "-t", name, "#{session_id}").strip()

    async def show(self, name):
        await self.view.show(self.session(name), name)
        await self.shows(name)

    async def shows(self, name):
        await until(lambda: self.shown() == name, lambda: str(clients(self.agents)))
        await until(lambda: f"I am {name}" in self.text(), self.text)

    def shown(self):
        """The session that the client in the right pane shows."""
        return clients(self.agents).get(self.field("#{pane_tty}"))

    def panes(self):
        """The panes of the dashboard's window."""
        return self.tmux.run("list-panes", "-t", self.view.us.pane, "-F", "#{pane_id}").split()

    def right(self):
        """The right panes of this dashboard, wherever they are."""
        rows = parse_window_panes(self.tmux.run(*LIST_WINDOW_PANES.words()).split("\n"))
        us = self.view.us.pane
        return list(dict.fromkeys(r.pane for r in rows if r.is_made_around(us, PaneRole.RIGHT)))

    def field(self, form):
        right = self.right()
        return (
            self.tmux.run("display-message", "-p", "-t", right[0], form).strip() if right else ""
        )

    def text(self):
        right = self.right()
        return self.tmux.run("capture-pane", "-p", "-t", right[0]) if right else ""

    def left_alone(self):
        return {name: size for name, size in sizes(self.agents).items() if name in OLD}

    async def settled(self, wanted=None):
        wanted = OLD if wanted is None else wanted
        await until(lambda: self.left_alone() == wanted, lambda: str(self.left_alone()))


def dashboard_at(tmux, agents, target, options=OPTIONS):
    pane = tmux.run("display-message", "-p", "-t", target, "#{pane_id}").strip()
    us = OurPane(ServerAddress(socket_path=tmux.socket_path), pane)
    return RightPaneView(us, Path(agents.socket_path), options)


async def a_desk(tmux, agents, terminals):
    tmux.run("new-session", "-d", "-s", "home", "echo the dashboard; exec cat")
    for name, (size, _) in OLD.items():
        columns, rows = size.split("x")
        new = ("new-session", "-d", "-x", columns, "-y", rows, "-s", name)
        agents.run(*new, f"echo I am {name}; exec cat")
    user = await attach_user(terminals, tmux, "home")
    return Desk(tmux, agents, dashboard_at(tmux, agents, "home"), user)


@pytest.fixture
async def desk(tmux, terminals):
    return await a_desk(tmux, tmux, terminals)


async def test_the_first_use_makes_the_pane_and_the_keyboard_stays_with_the_dashboard(desk):
    await desk.show("one")

    assert desk.panes() == [desk.view.us.pane, *desk.right()]
    assert desk.field("#{pane_width} #{pane_at_right} #{pane_active}") == "50 1 0"
    assert desk.left_alone()["one"][0] == FITTED
    assert desk.view.occupant == desk.session("one")
    await desk.user.sees("I am one")


async def test_the_next_agent_takes_the_pane_over_and_the_one_before_has_its_size_back(desk):
    await desk.show("one")
    pane = desk.right()
    await desk.show("two")

    assert desk.right() == pane
    assert desk.left_alone()["one"] == OLD["one"]
    assert desk.left_alone()["two"][0] == FITTED
    await desk.show("one")
    assert desk.left_alone()["one"][0] == FITTED
    assert desk.left_alone()["two"] == OLD["two"]


async def test_showing_what_is_shown_changes_nothing(desk):
    await desk.show("one")
    before = desk.tmux.run("list-panes", "-a"), clients(desk.agents)

    await desk.show("one")

    assert (desk.tmux.run("list-panes", "-a"), clients(desk.agents)) == before


async def test_keep_leaves_every_size_alone_even_when_the_user_detaches(desk):
    def kept():
        return [desk.left_alone()[name][0] == size for name, (size, _) in OLD.items()]

    desk.view.options = attrs.evolve(OPTIONS, size="keep")
    await desk.show("one")
    assert all(kept())
    await desk.show("two")
    assert desk.left_alone()["one"] == OLD["one"]
    desk.user.leave()
    await until(lambda: len(clients(desk.agents)) == 1)
    assert all(kept())

    desk.tmux.run("kill-pane", "-t", desk.right()[0])

    await desk.settled()


async def test_a_pane_that_the_user_closed_is_made_anew(desk):
    await desk.show("one")
    desk.tmux.run("kill-pane", "-t", desk.right()[0])
    await desk.settled()
    assert await desk.view.look() is None

    await desk.show("one")

    assert len(desk.panes()) == 2
    assert desk.view.occupant == desk.session("one")


async def test_views_that_follow_at_once_upon_each_other_forget_no_size(desk):
    for name in ("one", "two", "one", "one", "two", "two"):
        await desk.show(name)
        desk.tmux.run("kill-pane", "-t", desk.right()[0])
    await desk.show("one")
    await desk.view.close()

    await desk.settled()


async def test_a_pane_that_the_user_moved_is_used_where_it_is(desk):
    await desk.show("one")
    pane = desk.right()
    desk.tmux.run("break-pane", "-d", "-s", pane[0])

    await desk.show("two")

    assert desk.right() == pane
    assert desk.panes() == [desk.view.us.pane]
    assert await desk.view.look() == desk.session("two")


@pytest.mark.parametrize("name", ["one", "two"])
async def test_a_zoom_that_hides_the_pane_ends(desk, name):
    await desk.show("one")
    desk.tmux.run("resize-pane", "-Z", "-t", desk.view.us.pane)

    await desk.show(name)

    assert desk.field("#{window_zoomed_flag}") == "0"


async def test_a_zoom_that_hides_an_empty_pane_ends(desk):
    await desk.view.reserve()
    desk.tmux.run("resize-pane", "-Z", "-t", desk.view.us.pane)

    await desk.show("one")

    assert desk.field("#{window_zoomed_flag}") == "0"


async def test_the_pane_of_an_agent_that_ended_says_so_and_takes_the_next_one(desk):
    await desk.show("one")
    place = desk.field("#{pane_left} #{pane_width} #{pane_height}")
    desk.agents.run("kill-session", "-t", "one")
    await until(lambda: "one is not shown any more" in desk.text(), desk.text)
    await desk.view.ended(desk.view.occupant)
    assert desk.view.occupant is None

    await desk.show("two")

    assert desk.field("#{pane_left} #{pane_width} #{pane_height}") == place
    assert len(desk.panes()) == 2
    assert desk.left_alone()["two"][0] == FITTED


async def test_the_name_of_a_later_occupant_is_the_one_that_is_told(desk):
    await desk.show("one")
    await desk.show("two")

    desk.agents.run("kill-session", "-t", "two")

    await until(lambda: "two is not shown any more" in desk.text(), desk.text)


@pytest.mark.parametrize("looks", [False, True], ids=["at once", "after a look"])
async def test_where_tmux_shows_another_session_instead_the_pane_is_emptied(desk, looks):
    desk.agents.run("set-option", "-g", "detach-on-destroy", "off")
    await desk.show("one")
    session = desk.view.occupant
    desk.agents.run("kill-session", "-t", "one")
    if looks:
        assert await desk.view.look() not in {None, session}

    await desk.view.ended(session)

    await until(lambda: "one is not shown any more" in desk.text(), desk.text)
    await desk.settled({"two": OLD["two"]})


async def test_a_reserved_pane_stands_empty_and_takes_the_first_agent_in_its_place(desk):
    await desk.view.reserve()
    await until(lambda: "Agents are shown here" in desk.text(), desk.text)
    assert desk.view.occupant is None
    reserved = desk.right()

    await desk.view.reserve()
    assert desk.right() == reserved
    await desk.show("one")

    assert desk.field("#{pane_width}") == "50"
    assert len(desk.panes()) == 2


async def test_keys_in_an_empty_pane_do_nothing_and_an_end_of_input_closes_it(desk):
    await desk.view.reserve()
    await until(lambda: "Agents are shown here" in desk.text(), desk.text)
    before = desk.text()

    desk.tmux.run("send-keys", "-t", desk.right()[0], "l", "s", "Enter", "C-c", "C-z", "C-\\")
    desk.tmux.run("send-keys", "-t", desk.right()[0], "C-d")

    await until(lambda: not desk.right(), desk.text)
    assert "Agents are shown here" in before


async def test_a_client_that_is_killed_gives_the_size_back(desk):
    await desk.show("one")
    await desk.show("two")
    pid = desk.agents.run("list-clients", "-t", "two", "-F", "#{client_pid}").strip()

    os.kill(int(pid), signal.SIGKILL)

    await until(lambda: "two is not shown any more" in desk.text(), desk.text)
    await desk.settled()


async def test_agents_may_live_on_another_server(tmux, terminals):
    desk = await a_desk(tmux, terminals, terminals)
    await desk.show("one")
    await desk.show("two")
    assert desk.view.occupant == desk.session("two")

    desk.tmux.run("kill-pane", "-t", desk.right()[0])

    await desk.settled()


async def test_two_dashboards_have_a_pane_each(desk):
    desk.tmux.run("new-window", "-t", "home", "exec cat")
    other = Desk(desk.tmux, desk.agents, dashboard_at(desk.tmux, desk.agents, "home:1"), None)
    await desk.show("one")
    await other.show("two")

    assert desk.right() != other.right()
    assert len(desk.panes()) == len(other.panes()) == 2
    await other.view.close()
    assert await desk.view.look() == desk.session("one")


async def test_an_agent_with_two_viewers_has_the_size_from_before_both(desk):
    desk.tmux.run("new-window", "-t", "home", "exec cat")
    other = Desk(desk.tmux, desk.agents, dashboard_at(desk.tmux, desk.agents, "home:1"), None)
    await desk.show("one")
    await other.show("one")

    await desk.view.close()
    await until(lambda: len(clients(desk.agents)) == 2)
    assert desk.left_alone()["one"][0] == FITTED
    await other.view.close()

    await desk.settled()


_SLOW_TMUX = """#!/bin/sh
case "$*" in *if-shell*) touch {about_to}; until [ -e {go} ]; do sleep 0.01; done ;; esac
exec {tmux} "$@"
"""


async def test_a_view_that_comes_while_another_settles_keeps_its_size(desk, tmp_path):
    # As a view leaves it that was killed with everything around it.
    desk.agents.run("set-option", "-w", "-t", "one:", "@oma_size", "70x20")
    about_to, go, slow = tmp_path / "about-to", tmp_path / "go", tmp_path / "tmux"
    slow.write_text(_SLOW_TMUX.format(about_to=about_to, go=go, tmux=shlex.quote(TMUX)))
    slow.chmod(0o755)
    script = Path(session_view.__file__).with_name("session_view.sh")
    settle = ["/bin/sh", str(script), "settle", str(slow), desk.agents.socket_path]
    process = await trio.lowlevel.open_process(settle, env=desk.agents.environment)
    await until(about_to.exists)

    await desk.show("one")
    go.touch()
    assert await process.wait() == 0

    assert desk.left_alone()["one"][0] == FITTED
    await desk.view.close()
    await desk.settled(OLD | {"one": ("70x20", "")})


async def test_a_dashboard_that_comes_again_finds_its_pane(desk):
    await desk.show("one")
    again = attrs.evolve(desk, view=dashboard_at(desk.tmux, desk.agents, desk.view.us.pane))

    await again.show("two")

    assert len(desk.panes()) == 2


async def test_at_the_end_the_window_is_as_it_was(desk):
    await desk.show("one")

    await desk.view.close()

    assert desk.panes() == [desk.view.us.pane]
    await desk.settled()
    await desk.view.close()


async def test_at_the_end_a_pane_that_the_user_moved_stays_theirs(desk):
    await desk.show("one")
    desk.tmux.run("break-pane", "-d", "-s", desk.right()[0])

    await desk.view.close()

    assert desk.shown() == "one"


async def test_a_window_without_room_is_refused_in_one_line(desk):
    desk.tmux.run("new-session", "-d", "-s", "tiny", "exec cat")
    desk.tmux.run("resize-window", "-t", "tiny", "-x", "2", "-y", "2")
    tiny = dashboard_at(desk.tmux, desk.agents, "tiny", Attach())

    with pytest.raises(CommandError) as refusal:
        await tiny.show(desk.session("one"), "one")

    assert "no space for" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert desk.left_alone() == OLD
    assert tiny.occupant is None


async def test_an_agent_that_is_gone_is_refused_and_the_pane_keeps_what_it_shows(desk):
    await desk.show("one")

    with pytest.raises(CommandError, match="gone"):
        await desk.view.show("$99", "nobody")

    assert desk.shown() == "one"


async def test_a_hostile_name_is_told_as_text(desk):
    name = "-g #(x) $(x) %H \\033[m \x1b[m;"
    await desk.view.show(desk.session("one"), name)
    await desk.shows("one")

    desk.agents.run("kill-session", "-t", "one")

    await until(lambda: f"{printable(name)} is not shown" in desk.text(), desk.text)


_PROGRAM = """
import os, sys, trio
from pathlib import Path
from oma.config.schema import Attach
from oma.runtime.display.right_pane import RightPaneView
from oma.runtime.display.session_view import our_pane
view = RightPaneView(our_pane(os.environ), Path(sys.argv[1]), Attach(right_pane_width="50"))
async def main():
    await view.show(sys.argv[2], "one")
    await trio.sleep_forever()
trio.run(main)
"""


async def test_a_killed_dashboard_leaves_the_pane_to_the_user(desk):
    words = [sys.executable, "-c", _PROGRAM, desk.agents.socket_path, desk.session("one")]
    line = shlex.join(["env", f"PYTHONPATH={os.getcwd()}", *words])
    desk.tmux.run("respawn-pane", "-k", "-t", desk.view.us.pane, f"{line} & echo $! is it; cat")
    await desk.shows("one")
    told = desk.tmux.run("capture-pane", "-p", "-t", desk.view.us.pane)

    os.kill(int(told.split()[0]), signal.SIGKILL)
    assert desk.shown() == "one"
    desk.tmux.run("kill-pane", "-t", desk.right()[0])

    await desk.settled()


async def test_the_end_of_the_user_s_window_gives_the_size_back(desk):
    await desk.show("one")
    await desk.show("two")

    desk.tmux.run("kill-session", "-t", "home")

    await desk.settled()
    with pytest.raises(CommandError):
        with trio.fail_after(PATIENCE_S):
            await desk.view.show(desk.session("one"), "one")
