"""The keys of the dashboard that show agents as panes around it, in a real tmux."""

import attrs
import pytest

from oma.tmux.pane_mark import PaneRole
from oma.tmux.queries.window_panes import LIST_WINDOW_PANES, parse_window_panes
from tests.support.dashboard_pane import SIGNALS, start_dashboard
from tests.support.oma_process import oma
from tests.support.tiled_window import Tiled

pytestmark = [pytest.mark.tmux, pytest.mark.slow]


@attrs.define
class Wall:
    """A dashboard with room around it, and three agents."""

    tmux: object
    pane: object
    tiled: Tiled
    alpha: str
    beta: str
    gamma: str

    async def selects(self, name):
        self.pane.press("g", *["j"] * ["alpha", "beta", "gamma"].index(name))
        marks = (f"▸🟢 {name}", f"▸🟢*{name}")
        await self.pane.until(lambda screen: any(mark in screen for mark in marks))

    async def shows(self, *sessions):
        await self.tiled.shows(*sessions)

    async def tiles(self):
        """Press the key, and wait for what is said about it."""
        self.pane.press("t")
        await self.pane.sees("in panes")


async def a_wall(tmux, folder, *arguments, rows=60, **env):
    tiled = Tiled(tmux)
    names = ("alpha", "beta", "gamma")
    tmux.run("new-session", "-d", "-s", "else", "-x", "300", "-y", "60", "cat")
    sessions = {name: tiled.start(name) for name in names}
    pane = start_dashboard(tmux, folder, *arguments, columns=300, rows=rows, **env)
    tiled.main = tmux.run("display-message", "-p", "-t", "work", "#{pane_id}").strip()
    await pane.sees(*names, "Agents: 3/3 active")
    return Wall(tmux, pane, tiled, **sessions)


@pytest.fixture
async def wall(tmux, tmp_path):
    return await a_wall(tmux, tmp_path)


async def test_a_key_shows_the_agents_as_panes_and_takes_them_back(wall):
    found = wall.tiled.geometry()

    await wall.tiles()
    await wall.pane.sees("vertical: 3 in panes")
    await wall.shows(wall.alpha, wall.beta, wall.gamma)
    delta = wall.tiled.start("delta")
    await wall.shows(wall.alpha, wall.beta, wall.gamma, delta)
    wall.tiled.end(wall.beta)
    await wall.shows(wall.alpha, wall.gamma, delta)
    wall.pane.press("t")
    await wall.pane.sees("nothing is tiled any more")

    assert wall.tiled.geometry() == found
    await wall.tiled.sized()


@pytest.mark.parametrize("way", ["q", *SIGNALS], ids=str)
async def test_however_the_dashboard_ends_the_window_is_as_it_was(wall, way):
    found = wall.tiled.geometry()
    await wall.tiles()

    if way == "q":
        wall.pane.press("q")
    else:
        wall.pane.send_signal(way)
    await wall.pane.left()

    assert wall.tiled.geometry() == found
    await wall.tiled.sized()


async def test_with_the_pane_of_the_dashboard_the_panes_of_agents_go(wall):
    await wall.tiles()

    wall.tmux.run("kill-pane", "-t", wall.tiled.main)

    await wall.tiled.until(lambda: "work" not in wall.tmux.run("list-sessions"))
    await wall.tiled.sized()


async def test_another_dashboard_takes_over_from_one_that_was_killed(wall, tmp_path):
    await wall.tiles()
    await wall.pane.kill()
    assert set(wall.tiled.shown()) == {wall.alpha, wall.beta, wall.gamma}

    untiled = await wall.tiled.oma("untile")

    assert untiled.stdout == b"untiled\n"
    assert wall.tiled.shown() == {}
    await wall.tiled.sized()


async def test_a_key_goes_through_the_arrangements(wall):
    wall.pane.press("T")
    await wall.pane.sees("agent panes will be horizontal: nothing is tiled now")
    await wall.tiles()
    await wall.pane.sees("horizontal: 3 in panes")
    assert {row.split()[2] for row in wall.tiled.geometry().split("\n")[1:-1]} != {"0"}

    for arrangement in ("grid", "vertical"):
        wall.pane.press("T")
        await wall.pane.sees(f"{arrangement}: 3 in panes")
        tops = [row.split()[2] for row in wall.tiled.geometry().split("\n")[1:-1]]
        assert len(set(tops)) == {"grid": 2, "vertical": 3}[arrangement]


async def test_the_agents_that_fit_the_filter_are_tiled_and_stay_so_while_tiling_lasts(wall):
    wall.pane.press("/")
    wall.pane.type("eta")
    wall.pane.press("Enter")
    await wall.pane.loses("alpha")
    await wall.tiles()
    await wall.shows(wall.beta)
    wall.pane.press("Escape")
    await wall.pane.sees("alpha")
    theta = wall.tiled.start("theta")
    await wall.shows(wall.beta, theta)

    wall.pane.press("t")
    await wall.pane.sees("nothing is tiled any more")
    await wall.tiles()
    await wall.shows(wall.alpha, wall.beta, wall.gamma, theta)


async def test_who_finds_no_room_is_told_of(tmux, tmp_path):
    wall = await a_wall(tmux, tmp_path, rows=23)
    wall.pane.press("t")

    await wall.pane.sees("vertical: 2 in panes, 1 without: a window of 300x23 holds 2 agent")


async def test_the_pane_of_the_selected_agent_takes_keys_when_asked_to(wall):
    await wall.selects("beta")
    wall.pane.press("i")
    await wall.pane.sees("no pane shows this agent")
    await wall.tiles()
    await wall.tiled.until(lambda: {wall.alpha, wall.beta, wall.gamma} <= wall.tiled.views())
    wall.pane.press("i")
    await wall.pane.sees("the pane of oma-agent-beta takes keys now")

    for session in (wall.alpha, wall.beta):
        wall.tmux.run("send-keys", "-t", wall.tiled.shown()[session], "typed", "Enter")
    await wall.tiled.until(
        lambda: "typed" in wall.tmux.run("capture-pane", "-pt", "oma-agent-beta:")
    )
    assert "typed" not in wall.tmux.run("capture-pane", "-p", "-t", "oma-agent-alpha:")


async def test_nobody_else_tiles_the_window_meanwhile(wall):
    await wall.tiles()

    again = await wall.tiled.oma("tile")

    assert b"the window is tiled already" in again.stderr


async def test_a_window_that_is_tiled_already_is_left_alone(wall):
    other = wall.tmux.run("split-window", "-dv", "-t", wall.tiled.main, "-PF#{pane_id}", "cat")
    around = Tiled(wall.tmux, main=other.strip())
    assert (await around.oma("tile", "-d")).returncode == 0

    wall.pane.press("t")

    await wall.pane.sees(f"the window is tiled around {other.strip()} already; 'oma untile' ends")
    assert (await around.oma("untile")).stdout == b"untiled\n"
    await wall.tiles()


async def test_untile_ends_the_tiling_and_not_the_dashboard(wall):
    found = wall.tiled.geometry()
    for _ in range(2):
        await wall.tiles()
        untiled = await wall.tiled.oma("untile")

        assert (untiled.stdout, wall.tiled.geometry()) == (b"untiled\n", found)
        await wall.pane.sees("'oma untile': nothing is tiled any more")


async def test_what_the_right_pane_shows_has_no_agent_pane_besides(wall):
    await wall.selects("alpha")
    wall.pane.press("s")
    await wall.pane.sees("*alpha")
    found = wall.tiled.geometry()
    await wall.tiles()
    await wall.shows(wall.beta, wall.gamma)

    await wall.selects("beta")
    wall.pane.press("s")
    await wall.shows(wall.alpha, wall.gamma)
    wall.pane.press("t")
    await wall.pane.sees("nothing is tiled any more")
    assert wall.tiled.geometry() == found
    wall.pane.press("q")
    await wall.pane.left()

    assert len(wall.tiled.geometry().split("\n")) == 2
    await wall.tiled.sized()


async def test_the_right_pane_takes_its_room_from_the_dashboard_and_moves_no_agent_pane(wall):
    await wall.tiles()
    before = places(wall)
    await wall.selects("gamma")
    wall.pane.press("s")
    await wall.shows(wall.alpha, wall.beta)
    wall.tmux.run("kill-pane", "-t", right_pane(wall))
    await wall.shows(wall.alpha, wall.beta, wall.gamma)

    assert [line.split()[1:] for line in places(wall)] == [line.split()[1:] for line in before]
    wall.pane.press("q")
    await wall.pane.left()
    await wall.tiled.sized()


def places(wall):
    return wall.tiled.geometry().split("\n")[:-1]


def right_pane(wall):
    rows = parse_window_panes(wall.tmux.run(*LIST_WINDOW_PANES.words()).split("\n"))
    return next(row.pane for row in rows if row.is_made_around(wall.tiled.main, PaneRole.RIGHT))


async def test_what_is_done_at_the_end_is_in_the_recording(tmux, tmp_path):
    record = tmp_path / "r.jsonl"
    wall = await a_wall(tmux, tmp_path, "--record", record)
    await wall.tiles()
    wall.pane.send_signal(15)
    await wall.pane.left()

    told = (await oma("replay", record)).stdout.decode()
    assert told.count("there is room for") == 3
    assert told.count("tiling is off") == 3


async def test_a_configuration_without_agent_panes_has_none(tmux, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[layout]\nenabled = false\n")
    wall = await a_wall(tmux, tmp_path, "--config", config)
    wall.pane.press("t")

    await wall.pane.sees("[layout] enabled = false: nothing is tiled")


@pytest.mark.parametrize("key", ["t", "T", "i"])
async def test_outside_of_tmux_it_says_what_is_missing(tmux, tmp_path, key):
    tmux.run("new-session", "-d", "-s", "oma-agent-alpha", "cat")
    where = ("-S", tmux.socket_path)
    pane = start_dashboard(tmux, tmp_path, *where, inside=False, columns=120)
    await pane.sees("▸🟢 alpha")
    pane.press(key)

    await pane.sees("tiling works inside tmux: it divides the window that it is run in")


async def test_agents_of_another_server_all_get_panes_though_their_ids_are_those_of_our_own(
    tmux, terminals, tmp_path
):
    tiled = Tiled(terminals)
    terminals.run("new-session", "-d", "-s", "else", "-x", "300", "-y", "60", "cat")
    agents = Tiled(tmux)
    sessions = [agents.start(name) for name in ("alpha", "beta", "gamma")]
    dashboard = start_dashboard(terminals, tmp_path, "-S", tmux.socket_path, columns=300, rows=60)
    ours = terminals.run("display-message", "-p", "-t", "work", "#{session_id} #{pane_id}").split()
    assert ours[0] in sessions
    tiled.main = ours[1]
    await dashboard.sees("Agents: 3/3 active")

    dashboard.press("t")
    await dashboard.sees("vertical: 3 in panes")
    await tiled.shows(*sessions)
