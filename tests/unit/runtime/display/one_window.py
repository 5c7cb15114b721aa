"""The window of a main pane without tmux, for what looks at it and changes it once."""

from contextlib import asynccontextmanager

import attrs
import trio

from oma.model.ids import PaneId, SessionId, WindowId
from oma.placement.decide import decide
from oma.placement.facts import Wanted
from oma.placement.policy import Policy
from oma.runtime.display.decision_log import DecisionLog
from oma.tmux.queries.window_panes import WindowPane
from tests.unit.runtime.display.test_tiling_reconciler import MAIN, FakeWindow

BOB = SessionId("$5")


def row(pane, mark=None):
    return WindowPane(
        session=SessionId("$0"),
        window=WindowId("@0"),
        layout="",
        size="300x60",
        zoomed=False,
        border_status="off",
        pane=PaneId(pane),
        active=False,
        dead=False,
        mark=mark,
    )


@attrs.define
class Lock:
    """The right to tile around a pane, and whether somebody has it."""

    journal: DecisionLog
    held: bool = False

    def ask_to_leave(self):
        return self.held

    def wait_free(self):
        self.held = False

    def holder(self):
        return 7 if self.held else None

    def journals(self):
        return (self.journal,)


@attrs.define
class Host:
    """The pane that we run in, and the panes of its server."""

    lock: Lock
    panes: tuple = ()
    pane: str = MAIN
    access: object = None

    async def rows(self):
        await trio.lowlevel.checkpoint()
        return self.panes

    def tiling_lock(self, main):
        return self.lock


async def tiled(window=None):
    """A window with one agent pane."""
    window = FakeWindow() if window is None else window
    plan = decide((await window.look()).facts, [Wanted(BOB)], Policy())
    await window.carry_out(await window.look(), plan.step)
    return window


def reached(monkeypatch, module, window, client="a client"):
    """Let a module reach this window."""

    @asynccontextmanager
    async def window_client(access, main, news):
        await trio.lowlevel.checkpoint()
        yield client

    monkeypatch.setattr(module, "window_client", window_client)
    monkeypatch.setattr(module, "TiledWindow", lambda *_: window)
