"""The right pane: whatever a user does with it, the next key works, and no size is left behind."""

import os
import shlex
import signal
import sys
from pathlib import Path

import attrs
import pytest
import trio

from oma.config.schema import AttachSection
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
OPTIONS = AttachSection(right_pane_width="50")
FITTED = "50x38"


@attrs.define
class Scenario:
    """A dashboard with its user, and its right pane."""

    tmux: object
    agents: object
    view: RightPaneView
    user: object

    def session(self, name):
        return self.agents.run("display-message", "-p", "-t", name, "#{session_id}").strip()

    async def show(self, name):
        await self.view.show(self.session(name), self.session(name), name)
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


async def a_scenario(tmux, agents, terminals):
    tmux.run("new-session", "-d", "-s", "home", "echo the dashboard; exec cat")
    for name, (size, _) in OLD.items():
        columns, rows = size.split("x")
        new = ("new-session", "-d", "-x", columns, "-y", rows, "-s", name)
        agents.run(*new, f"echo I am {name}; exec cat")
    user = await attach_user(terminals, tmux, "home")
    return Scenario(tmux, agents, dashboard_at(tmux, agents, "home"), user)


@pytest.fixture
async def scenario(tmux, terminals):
    return await a_scenario(tmux, tmux, terminals)


async def test_the_first_use_makes_the_pane_and_the_keyboard_stays_with_the_dashboard(scenario):
    await scenario.show("one")

    assert scenario.panes() == [scenario.view.us.pane, *scenario.right()]
    assert scenario.field("#{pane_width} #{pane_at_right} #{pane_active}") == "50 1 0"
    assert scenario.left_alone()["one"][0] == FITTED
    assert scenario.view.occupant == scenario.session("one")
    await scenario.user.sees("I am one")


async def test_the_next_agent_takes_the_pane_over_and_the_one_before_has_its_size_back(scenario):
    await scenario.show("one")
    pane = scenario.right()
    await scenario.show("two")

    assert scenario.right() == pane
    assert scenario.left_alone()["one"] == OLD["one"]
    assert scenario.left_alone()["two"][0] == FITTED
    await scenario.show("one")
    assert scenario.left_alone()["one"][0] == FITTED
    assert scenario.left_alone()["two"] == OLD["two"]


async def test_showing_what_is_shown_changes_nothing(scenario):
    await scenario.show("one")
    before = scenario.tmux.run("list-panes", "-a"), clients(scenario.agents)

    await scenario.show("one")

    assert (scenario.tmux.run("list-panes", "-a"), clients(scenario.agents)) == before


async def test_keep_leaves_every_size_alone_even_when_the_user_detaches(scenario):
    def kept():
        return [scenario.left_alone()[name][0] == size for name, (size, _) in OLD.items()]

    scenario.view.options = attrs.evolve(OPTIONS, size="keep")
    await scenario.show("one")
    assert all(kept())
    await scenario.show("two")
    assert scenario.left_alone()["one"] == OLD["one"]
    scenario.user.leave()
    await until(lambda: len(clients(scenario.agents)) == 1)
    assert all(kept())

    scenario.tmux.run("kill-pane", "-t", scenario.right()[0])

    await scenario.settled()


async def test_a_pane_that_the_user_closed_is_made_anew(scenario):
    await scenario.show("one")
    scenario.tmux.run("kill-pane", "-t", scenario.right()[0])
    await scenario.settled()
    assert await scenario.view.look() is None

    await scenario.show("one")

    assert len(scenario.panes()) == 2
    assert scenario.view.occupant == scenario.session("one")


async def test_views_that_follow_at_once_upon_each_other_forget_no_size(scenario):
    for name in ("one", "two", "one", "one", "two", "two"):
        await scenario.show(name)
        scenario.tmux.run("kill-pane", "-t", scenario.right()[0])
    await scenario.show("one")
    await scenario.view.close()

    await scenario.settled()


async def test_a_pane_that_the_user_moved_is_used_where_it_is(scenario):
    await scenario.show("one")
    pane = scenario.right()
    scenario.tmux.run("break-pane", "-d", "-s", pane[0])

    await scenario.show("two")

    assert scenario.right() == pane
    assert scenario.panes() == [scenario.view.us.pane]
    assert await scenario.view.look() == scenario.session("two")


@pytest.mark.parametrize("name", ["one", "two"])
async def test_a_zoom_that_hides_the_pane_ends(scenario, name):
    await scenario.show("one")
    scenario.tmux.run("resize-pane", "-Z", "-t", scenario.view.us.pane)

    await scenario.show(name)

    assert scenario.field("#{window_zoomed_flag}") == "0"


async def test_a_zoom_that_hides_an_empty_pane_ends(scenario):
    await scenario.view.reserve()
    scenario.tmux.run("resize-pane", "-Z", "-t", scenario.view.us.pane)

    await scenario.show("one")

    assert scenario.field("#{window_zoomed_flag}") == "0"


async def test_the_pane_of_an_agent_that_ended_says_so_and_takes_the_next_one(scenario):
    await scenario.show("one")
    place = scenario.field("#{pane_left} #{pane_width} #{pane_height}")
    scenario.agents.run("kill-session", "-t", "one")
    await until(lambda: "one is not shown any more" in scenario.text(), scenario.text)
    await scenario.view.ended(scenario.view.occupant)
    assert scenario.view.occupant is None

    await scenario.show("two")

    assert scenario.field("#{pane_left} #{pane_width} #{pane_height}") == place
    assert len(scenario.panes()) == 2
    assert scenario.left_alone()["two"][0] == FITTED


async def test_the_name_of_a_later_occupant_is_the_one_that_is_told(scenario):
    await scenario.show("one")
    await scenario.show("two")

    scenario.agents.run("kill-session", "-t", "two")

    await until(lambda: "two is not shown any more" in scenario.text(), scenario.text)


@pytest.mark.parametrize("looks", [False, True], ids=["at once", "after a look"])
async def test_where_tmux_shows_another_session_instead_the_pane_is_emptied(scenario, looks):
    scenario.agents.run("set-option", "-g", "detach-on-destroy", "off")
    await scenario.show("one")
    session = scenario.view.occupant
    scenario.agents.run("kill-session", "-t", "one")
    if looks:
        assert await scenario.view.look() not in {None, session}

    await scenario.view.ended(session)

    await until(lambda: "one is not shown any more" in scenario.text(), scenario.text)
    await scenario.settled({"two": OLD["two"]})


async def test_a_reserved_pane_stands_empty_and_takes_the_first_agent_in_its_place(scenario):
    await scenario.view.reserve()
    await until(lambda: "Agents are shown here" in scenario.text(), scenario.text)
    assert scenario.view.occupant is None
    reserved = scenario.right()

    await scenario.view.reserve()
    assert scenario.right() == reserved
    await scenario.show("one")

    assert scenario.field("#{pane_width}") == "50"
    assert len(scenario.panes()) == 2


async def test_keys_in_an_empty_pane_do_nothing_and_an_end_of_input_closes_it(scenario):
    await scenario.view.reserve()
    await until(lambda: "Agents are shown here" in scenario.text(), scenario.text)
    before = scenario.text()

    scenario.tmux.run(
        "send-keys", "-t", scenario.right()[0], "l", "s", "Enter", "C-c", "C-z", "C-\\"
    )
    scenario.tmux.run("send-keys", "-t", scenario.right()[0], "C-d")

    await until(lambda: not scenario.right(), scenario.text)
    assert "Agents are shown here" in before


async def test_a_client_that_is_killed_gives_the_size_back(scenario):
    await scenario.show("one")
    await scenario.show("two")
    pid = scenario.agents.run("list-clients", "-t", "two", "-F", "#{client_pid}").strip()

    os.kill(int(pid), signal.SIGKILL)

    await until(lambda: "two is not shown any more" in scenario.text(), scenario.text)
    await scenario.settled()


async def test_agents_may_live_on_another_server(tmux, terminals):
    scenario = await a_scenario(tmux, terminals, terminals)
    await scenario.show("one")
    await scenario.show("two")
    assert scenario.view.occupant == scenario.session("two")

    scenario.tmux.run("kill-pane", "-t", scenario.right()[0])

    await scenario.settled()


async def test_two_dashboards_have_a_pane_each(scenario):
    scenario.tmux.run("new-window", "-t", "home", "exec cat")
    other = Scenario(
        scenario.tmux,
        scenario.agents,
        dashboard_at(scenario.tmux, scenario.agents, "home:1"),
        None,
    )
    await scenario.show("one")
    await other.show("two")

    assert scenario.right() != other.right()
    assert len(scenario.panes()) == len(other.panes()) == 2
    await other.view.close()
    assert await scenario.view.look() == scenario.session("one")


async def test_an_agent_with_two_viewers_has_the_size_from_before_both(scenario):
    scenario.tmux.run("new-window", "-t", "home", "exec cat")
    other = Scenario(
        scenario.tmux,
        scenario.agents,
        dashboard_at(scenario.tmux, scenario.agents, "home:1"),
        None,
    )
    await scenario.show("one")
    await other.show("one")

    await scenario.view.close()
    await until(lambda: len(clients(scenario.agents)) == 2)
    assert scenario.left_alone()["one"][0] == FITTED
    await other.view.close()

    await scenario.settled()


_SLOW_TMUX = """#!/bin/sh
case "$*" in *if-shell*) touch {about_to}; until [ -e {go} ]; do sleep 0.01; done ;; esac
exec {tmux} "$@"
"""


async def test_a_view_that_comes_while_another_settles_keeps_its_size(scenario, tmp_path):
    # As a view leaves it that was killed with everything around it.
    scenario.agents.run("set-option", "-w", "-t", "one:", "@oma_size", "70x20")
    about_to, go, slow = tmp_path / "about-to", tmp_path / "go", tmp_path / "tmux"
    slow.write_text(_SLOW_TMUX.format(about_to=about_to, go=go, tmux=shlex.quote(TMUX)))
    slow.chmod(0o755)
    script = Path(session_view.__file__).with_name("session_view.sh")
    settle = ["/bin/sh", str(script), "settle", str(slow), scenario.agents.socket_path]
    process = await trio.lowlevel.open_process(settle, env=scenario.agents.environment)
    await until(about_to.exists)

    await scenario.show("one")
    go.touch()
    assert await process.wait() == 0

    assert scenario.left_alone()["one"][0] == FITTED
    await scenario.view.close()
    await scenario.settled(OLD | {"one": ("70x20", "")})


async def test_a_dashboard_that_comes_again_finds_its_pane(scenario):
    await scenario.show("one")
    again = attrs.evolve(
        scenario, view=dashboard_at(scenario.tmux, scenario.agents, scenario.view.us.pane)
    )

    await again.show("two")

    assert len(scenario.panes()) == 2


async def test_at_the_end_the_window_is_as_it_was(scenario):
    await scenario.show("one")

    await scenario.view.close()

    assert scenario.panes() == [scenario.view.us.pane]
    await scenario.settled()
    await scenario.view.close()


async def test_at_the_end_a_pane_that_the_user_moved_stays_theirs(scenario):
    await scenario.show("one")
    scenario.tmux.run("break-pane", "-d", "-s", scenario.right()[0])

    await scenario.view.close()

    assert scenario.shown() == "one"


async def test_a_window_without_room_is_refused_in_one_line(scenario):
    scenario.tmux.run("new-session", "-d", "-s", "tiny", "exec cat")
    scenario.tmux.run("resize-window", "-t", "tiny", "-x", "2", "-y", "2")
    tiny = dashboard_at(scenario.tmux, scenario.agents, "tiny", AttachSection())

    with pytest.raises(CommandError) as refusal:
        await tiny.show(scenario.session("one"), scenario.session("one"), "one")

    assert "no space for" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert scenario.left_alone() == OLD
    assert tiny.occupant is None


async def test_an_agent_that_is_gone_is_refused_and_the_pane_keeps_what_it_shows(scenario):
    await scenario.show("one")

    with pytest.raises(CommandError, match="gone"):
        await scenario.view.show("$99", "$99", "nobody")

    assert scenario.shown() == "one"


async def test_a_hostile_name_is_told_as_text(scenario):
    name = "-g #(x) $(x) %H \\033[m \x1b[m;"
    session = scenario.session("one")
    await scenario.view.show(session, session, name)
    await scenario.shows("one")

    scenario.agents.run("kill-session", "-t", "one")

    await until(lambda: f"{printable(name)} is not shown" in scenario.text(), scenario.text)


_PROGRAM = """
import os, sys, trio
from pathlib import Path
from oma.config.schema import AttachSection
from oma.runtime.display.right_pane import RightPaneView
from oma.runtime.display.session_view import our_pane
view = RightPaneView(our_pane(os.environ), Path(sys.argv[1]), AttachSection(right_pane_width="50"))
async def main():
    await view.show(sys.argv[2], sys.argv[2], "one")
    await trio.sleep_forever()
trio.run(main)
"""


async def test_a_killed_dashboard_leaves_the_pane_to_the_user(scenario):
    words = [sys.executable, "-c", _PROGRAM, scenario.agents.socket_path, scenario.session("one")]
    line = shlex.join(["env", f"PYTHONPATH={os.getcwd()}", *words])
    scenario.tmux.run(
        "respawn-pane", "-k", "-t", scenario.view.us.pane, f"{line} & echo $! is it; cat"
    )
    await scenario.shows("one")
    told = scenario.tmux.run("capture-pane", "-p", "-t", scenario.view.us.pane)

    os.kill(int(told.split()[0]), signal.SIGKILL)
    assert scenario.shown() == "one"
    scenario.tmux.run("kill-pane", "-t", scenario.right()[0])

    await scenario.settled()


async def test_the_end_of_the_user_s_window_gives_the_size_back(scenario):
    await scenario.show("one")
    await scenario.show("two")

    scenario.tmux.run("kill-session", "-t", "home")

    await scenario.settled()
    with pytest.raises(CommandError):
        with trio.fail_after(PATIENCE_S):
            await scenario.show("one")
