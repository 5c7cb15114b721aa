"""The view of one pane, with a terminal and keyboards in place of the real ones."""

from contextlib import asynccontextmanager, contextmanager

import attrs
import pytest
import trio

import oma.cli.pane_viewer as module
from oma.cli.pane_viewer import IDLE_S, PaneViewer
from oma.errors import CommandError
from oma.tui.cells import Size
from oma.tui.terminal_input.pastes import BEGIN, END


@attrs.define
class Keyboard:
    """What was typed, and how often somebody came to type."""

    typed: list = attrs.Factory(list)
    opened: int = 0
    refuses: str = ""

    @asynccontextmanager
    async def open(self, pane):
        await trio.lowlevel.checkpoint()
        self.opened += 1
        yield self

    async def type(self, data):
        await trio.lowlevel.checkpoint()
        if self.refuses:
            raise CommandError(self.refuses)
        self.typed.append(data)

    async def paste(self, text):
        await trio.lowlevel.checkpoint()
        self.typed.append(text)


@attrs.define
class Terminal:
    """A terminal that gets keys from a test."""

    frames: list = attrs.Factory(list)
    size = Size(20, 3)

    def paint(self, frame):
        self.frames.append(frame)


@attrs.define
class Watch:
    """A pane that ends when a test says so."""

    changed: object
    cursor = None
    over: trio.Event = attrs.Factory(trio.Event)
    failure: CommandError | None = None

    def styled_rows(self):
        return ()

    async def run(self):
        await self.over.wait()
        if self.failure is not None:
            raise self.failure
        return "gone"


@attrs.define
class Scene:
    viewer: PaneViewer
    watch: Watch
    terminal: Terminal
    keyboard: Keyboard
    keys: trio.MemorySendChannel

    @property
    def notice(self):
        return "".join(part.text for part in self.terminal.frames[-1].lines[-1])


@pytest.fixture
def scene(monkeypatch):
    keyboard, screen = Keyboard(), Terminal()
    keys, typed = trio.open_memory_channel(10)

    async def read(painter):
        return await typed.receive()

    @contextmanager
    def terminal(**options):
        yield screen

    async def at_once(work, *given):
        await trio.lowlevel.checkpoint()
        work(*given)

    monkeypatch.setattr(module, "PaneKeyboards", lambda access: keyboard)
    monkeypatch.setattr(module, "PaneWatch", lambda pane, access, changed: Watch(changed))
    monkeypatch.setattr(module, "terminal", terminal)
    monkeypatch.setattr(module, "_read", read)
    monkeypatch.setattr(trio.to_thread, "run_sync", at_once)  # the clock does not wait for threads
    viewer = PaneViewer(None, "%1")
    return Scene(viewer, viewer._watch, screen, keyboard, keys)


@pytest.fixture
async def running(scene, nursery):
    nursery.start_soon(scene.viewer.run)
    yield scene
    scene.watch.over.set()


async def test_keys_and_pastes_reach_the_pane_in_order(running, autojump_clock):
    await running.keys.send(b"a" + BEGIN + b"b\nc" + END + b"\x03")
    await trio.sleep(1)

    assert running.keyboard.typed == [b"a", "b\nc", b"\x03"]


async def test_the_client_that_types_stays_while_somebody_types(running, autojump_clock):
    for _ in range(3):
        await running.keys.send(b"a")
        await trio.sleep(IDLE_S / 2)
    assert running.keyboard.opened == 1

    await trio.sleep(2 * IDLE_S)
    await running.keys.send(b"a")
    await trio.sleep(1)
    assert running.keyboard.opened == 2


async def test_what_tmux_refuses_is_said_until_the_next_key(running, autojump_clock):
    running.keyboard.refuses = "it takes none"
    await running.keys.send(b"a")
    await trio.sleep(1)
    assert running.notice == " it takes none "

    running.keyboard.refuses = ""
    await running.keys.send(b"b")
    await trio.sleep(1)
    running.watch.changed()
    await trio.sleep(1)
    assert (running.notice, running.keyboard.typed) == ("", [b"b"])


async def test_it_ends_with_the_pane_and_with_the_terminal(scene, autojump_clock):
    scene.watch.over.set()
    assert await scene.viewer.run() == 0

    scene.watch.over = trio.Event()
    await scene.keys.send(b"")
    assert await scene.viewer.run() == 0


async def test_a_pane_that_may_not_be_watched_is_told(scene, autojump_clock):
    scene.watch.failure = CommandError("it would end")
    scene.watch.over.set()

    with pytest.raises(CommandError, match="it would end"):
        await scene.viewer.run()
