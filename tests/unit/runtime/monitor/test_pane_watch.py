"""The watch on one pane, without a tmux: lists that a test gives, and no clients."""

import attrs
import pytest
import trio

import oma.runtime.monitor.pane_watch as module
from oma.errors import CommandError
from oma.model.events import ConnectionLost, PaneCaptured, PaneOutput
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.tmux_client import Answer
from oma.runtime.monitor.pane_watch import CLOSED, SETTLE_S, PaneWatch
from oma.tmux.queries.panes import parse_panes
from tests.support.wire_events import listed

CAPTURE = PaneCaptured("%1", 10, 2, 0, 0, alternate=False, data=b"one\ntwo\n")


@attrs.define
class Following:
    """In the place of the clients."""

    inventory: object
    log: object
    rearranged: object
    heard: list = attrs.Factory(list)
    captured: list = attrs.Factory(list)

    def hear(self, event, access, nursery):
        self.heard.append(event)

    def capture(self, pane):
        self.captured.append(pane)


@attrs.define
class Scene:
    watch: PaneWatch
    rows: tuple = ()
    cursor: str = "1"
    changes: int = 0
    ended: str = ""

    @property
    def following(self):
        return self.watch._following

    def changed(self):
        self.changes += 1

    async def run(self):
        self.ended = await self.watch.run()


def rows(**facts):
    return tuple(attrs.evolve(row, **facts) for row in parse_panes([listed(name="work")]))


@pytest.fixture
def scene(monkeypatch):
    monkeypatch.setattr(module, "Following", Following)
    scene = Scene(None, rows())

    async def list_panes(server):
        await trio.lowlevel.checkpoint()
        return scene.rows

    async def ask(self, command):
        await trio.lowlevel.checkpoint()
        return Answer(0, scene.cursor, "")

    monkeypatch.setattr(module, "list_panes", list_panes)
    monkeypatch.setattr(module.TmuxClient, "ask", ask)
    scene.watch = PaneWatch("%1", ServerAccess("/s", (3, 4)), scene.changed)
    return scene


def texts(watch):
    found = watch.styled_rows()
    return None if found is None else ["".join(run.text for run in row) for row in found]


async def test_the_pane_is_followed_to_another_session_and_to_its_end(
    scene, nursery, autojump_clock
):
    nursery.start_soon(scene.run)
    await trio.sleep(1)
    assert {getattr(event, "session", None) for event in scene.following.heard} == {"$1"}

    scene.rows = rows(session="$9")
    scene.following.rearranged()
    await trio.sleep(2 * SETTLE_S)
    assert [e.session for e in scene.following.heard if hasattr(e, "window")][-1] == "$9"

    scene.rows = ()
    scene.following.log(ConnectionLost("$9", "its client ended"))
    await trio.sleep(2 * SETTLE_S)
    assert scene.ended == CLOSED


async def test_a_session_that_would_end_with_our_client_is_not_attached_to(scene):
    scene.rows = rows(destroy_unattached=True)

    with pytest.raises(CommandError, match="would end"):
        await scene.watch.run()

    assert scene.following.heard == []


def test_its_screen_is_that_of_the_capture_and_of_what_came_since(scene):
    assert texts(scene.watch) is None

    scene.following.log(PaneOutput("%1", b"too early"))
    scene.following.log(CAPTURE)
    scene.following.log(PaneOutput("%1", b"\x1b[2;4H more\x1b]0;title\x07"))

    assert texts(scene.watch) == ["one", "two more"]
    assert scene.watch.cursor == (8, 1)
    assert scene.changes == 2


async def test_a_cursor_that_the_program_hides_stays_hidden(scene, nursery, autojump_clock):
    scene.cursor = "0"
    nursery.start_soon(scene.run)
    await trio.sleep(1)
    scene.following.log(CAPTURE)
    assert scene.watch.cursor is None

    scene.following.log(PaneOutput("%1", b"\x1b[?25h"))
    scene.following.log(CAPTURE)
    assert scene.watch.cursor == (0, 0)
    scene.rows = ()
    scene.following.rearranged()


async def test_a_screen_that_cannot_be_shown_is_captured_anew(scene, nursery, autojump_clock):
    nursery.start_soon(scene.run)
    await trio.sleep(1)
    scene.following.log(attrs.evolve(CAPTURE, columns=2000))
    scene.watch.styled_rows()
    await trio.sleep(1)

    assert scene.following.captured == ["%1"]
    scene.rows = ()
    scene.following.rearranged()
