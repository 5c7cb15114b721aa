"""One pane of a user's session, shown in another pane: whatever becomes of it, it is not changed by that."""

import shlex
import sys

import attrs
import pytest

from oma.model.ids import PaneId
from oma.runtime.display.session_view import looking_view_argv, standing_view_argv
from oma.tmux.pane_mark import Mark, PaneRole
from tests.support.dashboard_pane import start_dashboard
from tests.support.patience import look_until
from tests.support.tiled_window import Tiled

pytestmark = pytest.mark.tmux

PAINTS = """
import sys, time
for frame in range(100000):
    sys.stdout.write("\\x1b[?25l\\x1b[H\\x1b[2J" + "".join(f"row {n} 日本語 {'x' * 90}\\r\\n" for n in range(30)))
    sys.stdout.write(f"\\x1b]52;c;ZXZpbA==\\x07\\x1b[6n\\x1b]0;evil\\x07\\x1b[31mframe {frame}\\x1b[0m")
    sys.stdout.flush()
    time.sleep(0.1)
"""


@attrs.define
class Scenario:
    """A user's session with a shell beside an agent, and a terminal that shows the agent's pane."""

    tmux: object
    agents: object
    agent: PaneId

    def shows(self):
        return self.tmux.run("capture-pane", "-p", "-t", "view:")

    async def until(self, text):
        assert await look_until(lambda: text in self.shows()), self.shows()

    def show(self, *, stay=False):
        socket = self.agents.socket_path
        if stay:
            mark = Mark(PaneId("%0"), self.agent, role=PaneRole.RIGHT).word()
            words = standing_view_argv(socket, self.agent, "", mark, "work:fix")
        else:
            words = looking_view_argv(
                socket, self.agent, "", Mark(PaneId("%0"), self.agent).word()
            )
        size = ("-x", "50", "-y", "12")
        self.tmux.run("new-session", "-d", "-s", "view", *size, shlex.join(words))

    def about(self):
        """All that a user sees of the agents' server: sizes, what is in front, options, environment."""
        told = (
            ("list-panes", "-a", "-F", "#{pane_id} #{pane_width}x#{pane_height} #{pane_in_mode}"),
            (
                "list-windows",
                "-a",
                "-F",
                "#{window_id} #{window_name} #{window_layout} #{window_active}",
            ),
            ("list-sessions", "-F", "#{session_id} #{session_name} #{session_windows}"),
            ("show-options", "-w", "-t", self.agent),
            ("show-options", "-p", "-t", self.agent),
            ("show-environment", "-t", "work"),
            ("list-buffers",),
        )
        return [self.agents.run(*words) for words in told]

    def sessions(self):
        return self.tmux.run("list-sessions", "-F", "#{session_name}").split()

    def clients(self):
        return self.agents.run("list-clients", "-F", "#{client_flags}").split()


@pytest.fixture
def scenario(tmux, terminals):
    size = ("-x", "120", "-y", "40")
    terminals.run("new-session", "-d", "-s", "keep", "cat")
    tmux.run("new-session", "-d", "-s", "work", *size, "cat")
    agent = tmux.run("split-window", "-h", "-d", "-t", "work", "-P", "-F", "#{pane_id}", "cat")
    return Scenario(terminals, tmux, PaneId(agent.strip()))


def type_into(tmux, target, *keys):
    tmux.run("send-keys", "-t", target, *keys)


@pytest.mark.slow
async def test_the_pane_is_shown_and_nothing_of_it_is_changed(scenario):
    before = scenario.about()
    scenario.agents.run(
        "respawn-pane", "-k", "-t", scenario.agent, shlex.join((sys.executable, "-c", PAINTS))
    )
    scenario.show()

    await scenario.until("frame 3")
    assert scenario.about() == before
    assert len(scenario.clients()) == 1
    # What it paints ends below what fits: its bottom is shown, of each row the left.
    # A look may fall between two pieces of a frame.
    rows = await look_until(
        lambda: (rows := scenario.shows().splitlines())[-1].startswith("frame ") and rows
    )
    assert "row 29 日本語" in rows[-2] or "xxxx" in rows[-2]
    assert scenario.tmux.run("display-message", "-p", "-t", "view:", "#{pane_title}") != "evil\n"
    assert scenario.tmux.run("list-buffers") == ""


async def test_no_key_reaches_the_agent_until_the_pane_takes_keys_and_then_no_other_pane(scenario):
    type_into(scenario.agents, scenario.agent, "begun", "Enter")
    scenario.agents.run("set-option", "-w", "-t", "work", "synchronize-panes", "on")
    scenario.show()
    await scenario.until("begun")

    type_into(scenario.tmux, "view:", "lost", "Enter")
    scenario.tmux.run("select-pane", "-e", "-t", "view:")
    type_into(scenario.tmux, "view:", "wörds", "Up", "Enter")

    await scenario.until("wörds")
    shown = scenario.agents.run("capture-pane", "-p", "-t", scenario.agent)
    assert "lost" not in shown
    assert "wörds" in shown
    assert "wörds" not in scenario.agents.run("capture-pane", "-p", "-t", "work:0.0")


async def test_it_follows_the_pane_to_other_windows_and_sessions(scenario):
    type_into(scenario.agents, scenario.agent, "first", "Enter")
    scenario.show()
    await scenario.until("first")

    for number, move in enumerate(
        (
            ("break-pane", "-d", "-s", scenario.agent),
            ("join-pane", "-d", "-s", scenario.agent, "-t", "other:"),
            ("break-pane", "-d", "-s", scenario.agent),
            ("swap-pane", "-d", "-s", scenario.agent, "-t", "work:0.0"),
            ("kill-session", "-t", "other"),
        )
    ):
        if number == 1:
            scenario.agents.run("new-session", "-d", "-s", "other", "cat")
        scenario.agents.run(*move)
        type_into(scenario.agents, scenario.agent, f"after-{number}", "Enter")
        await scenario.until(f"after-{number}")
    assert len(scenario.clients()) == 1


@pytest.mark.slow
async def test_a_program_that_is_started_anew_begins_on_an_empty_screen(scenario):
    type_into(scenario.agents, scenario.agent, "before", "Enter")
    scenario.show()
    await scenario.until("before")

    scenario.agents.run("respawn-pane", "-k", "-t", scenario.agent, "echo anew; exec cat")

    assert await look_until(lambda: scenario.shows().startswith("anew")), scenario.shows()
    assert "before" not in scenario.shows()


@pytest.mark.slow
@pytest.mark.parametrize("stay", [False, True])
async def test_it_ends_with_the_pane_and_leaves_nothing(scenario, stay):
    type_into(scenario.agents, scenario.agent, "first", "Enter")
    scenario.show(stay=stay)
    await scenario.until("first")

    scenario.agents.run("kill-pane", "-t", scenario.agent)

    if stay:
        await scenario.until("work:fix is not shown any more")
        assert scenario.tmux.run("show-options", "-pv", "-t", "view:", "@oma_ended") == "1\n"
    else:
        assert await look_until(lambda: "view" not in scenario.sessions())
    assert await look_until(lambda: scenario.clients() == [])


@pytest.mark.slow
async def test_it_ends_with_its_place(scenario):
    type_into(scenario.agents, scenario.agent, "first", "Enter")
    scenario.show()
    await scenario.until("first")

    scenario.tmux.run("kill-session", "-t", "view")

    assert await look_until(lambda: scenario.clients() == [])


@pytest.mark.slow
async def test_the_keys_of_a_dashboard_show_agents_of_a_users_session(tmux, tmp_path):
    paints = r"printf 'I am it\n ❯ \n  ? for shortcuts\n'; exec -a claude sleep 1000"
    tmux.run("new-session", "-d", "-s", "home", "-x", "100", "-y", "30", "-c", "/", "cat")
    agent = tmux.run(
        *("split-window", "-d", "-t", "home", "-P", "-F", "#{pane_id}"),
        shlex.join(("bash", "-c", paints)),
    ).strip()
    dashboard = start_dashboard(tmux, tmp_path, columns=300, rows=60)
    main = tmux.run("display-message", "-p", "-t", dashboard.target, "#{pane_id}").strip()
    tiled = Tiled(tmux, PaneId(main))
    await dashboard.sees("1/1 active")

    dashboard.press("t")
    await dashboard.sees("1 in panes")
    await tiled.shows(agent)
    tile = tiled.shown()[agent]
    await tiled.until(lambda: "I am it" in tmux.run("capture-pane", "-p", "-t", tile))
    dashboard.press("s")
    await tiled.shows()
    await tiled.until(lambda: len(tmux.run("list-panes", "-t", tiled.main).splitlines()) == 2)
    dashboard.press("q")
    await tiled.until(lambda: len(tmux.run("list-panes", "-t", tiled.main).splitlines()) == 1)


@pytest.mark.slow
async def test_what_would_be_tiled_is_told_of_agents_in_a_users_session_too(tmux):
    tiled = Tiled(tmux)
    tiled.open()
    paints = r"printf '❯ \n  ? for shortcuts\n'; exec -a claude sleep 1000"
    words = ("bash", "-c", paints)
    tmux.run("new-session", "-d", "-s", "user", "-n", "fix", "-c", "/", shlex.join(words))
    tmux.run("split-window", "-d", "-t", tiled.main, "-c", "/", shlex.join(words))

    told = (await tiled.oma("tile", "--explain")).stdout.decode()

    assert "user " in told
    assert "spawn     there is room" in told
    assert "skip      this window is its own" in told
