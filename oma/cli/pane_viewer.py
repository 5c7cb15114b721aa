"""Shows one pane in this terminal, cropped to it, and types into that pane what is typed here.

The pane, its window and its session stay as they are. Nothing of its output reaches this terminal: it
is painted from an emulator's cells. What this terminal takes no time for never holds up the pane.
"""

import os
import signal
from functools import partial
from pathlib import Path

import attrs
import trio

from oma.cli.exit_codes import DONE
from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.runtime.agents.keyboard import PaneKeyboard, PaneKeyboards
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.server_finder import find_sessions, tmux_version
from oma.runtime.monitor.pane_watch import PaneWatch
from oma.tmux.address import ServerAddress
from oma.tmux.capabilities import check, parse_version
from oma.tui.painter import Painter, terminal
from oma.tui.pane_frame import pane_frame
from oma.tui.terminal_input.pastes import Pasted, PasteSplitter, Typed
from oma.tui.themes import DARK

FRAME_S = 1 / 20
"""Between two frames at least; the first one after a rest is shown at once."""

IDLE_S = 60.0
"""The client that types leaves when nobody has typed for so long."""


@attrs.define
class PaneViewer:
    """One view of one pane.

    Args:
        access: To the server of the pane.
        pane: Which.
    """

    access: ServerAccess
    pane: PaneId
    _watch: PaneWatch = attrs.field(init=False)
    _news: trio.Event = attrs.Factory(trio.Event)
    _notice: str = ""
    _failure: CommandError | None = None

    def __attrs_post_init__(self) -> None:
        self._watch = PaneWatch(self.pane, self.access, self._refresh)

    async def run(self) -> int:
        """Show until the pane, or this terminal, is gone.

        Raises:
            CommandError: tmux does not answer, or the pane is not to be watched.
            OmaError: The terminal is nothing that can be painted on.
        """
        colours = not os.environ.get("NO_COLOR")
        with terminal(colours=colours, mouse=False, theme=DARK) as painter:
            async with trio.open_nursery() as nursery:
                for task in (self._follow, self._mind_size):
                    nursery.start_soon(task, nursery.cancel_scope)
                nursery.start_soon(self._take_keys, painter, nursery.cancel_scope)
                await self._paint(painter)
        if self._failure is not None:
            raise self._failure
        return DONE

    async def _follow(self, scope: trio.CancelScope) -> None:
        try:
            await self._watch.run()
        except CommandError as error:
            self._failure = error
        scope.cancel()

    async def _mind_size(self, _scope: trio.CancelScope) -> None:
        with trio.open_signal_receiver(signal.SIGWINCH) as signals:
            async for _ in signals:
                self._refresh()

    async def _paint(self, painter: Painter) -> None:
        while True:
            self._news = trio.Event()
            rows = self._watch.styled_rows()
            if rows is not None:
                frame = pane_frame(rows, self._watch.cursor, painter.size, self._notice)
                # A terminal that takes nothing shall not keep us from reading what the pane prints.
                await trio.to_thread.run_sync(painter.paint, frame)
            await trio.sleep(FRAME_S)
            await self._news.wait()

    def _refresh(self) -> None:
        self._news.set()

    async def _take_keys(self, painter: Painter, scope: trio.CancelScope) -> None:
        keyboards, splitter = PaneKeyboards(lambda: self.access), PasteSplitter()
        read = partial(_read, painter)
        while data := await read():
            self._notice = ""
            try:
                async with keyboards.open(self.pane) as keyboard:
                    while data:
                        await _type(keyboard, splitter.feed(data))
                        with trio.move_on_after(IDLE_S) as patience:
                            data = await read()
                        if patience.cancelled_caught:
                            break
            except CommandError as error:
                self._notice = str(error)
                self._refresh()
            if not data:
                break
        scope.cancel()


async def access_to(socket: Path) -> ServerAccess:
    """Return how our clients get to a server.

    Raises:
        CommandError: There is none.
        OmaError: tmux is not there, or too old.
    """
    version = parse_version(await tmux_version())
    check(version)
    sessions = await find_sessions(ServerAddress(socket_path=str(socket)))
    if not sessions:
        raise CommandError("there is no such tmux server")
    version = parse_version(sessions[0].server_version)
    check(version)
    return ServerAccess(socket, version, sessions[0].server_pid)


async def _read(painter: Painter) -> bytes:
    """Return what was typed; empty when the terminal is gone."""
    while True:
        await trio.lowlevel.wait_readable(painter.input_fileno)
        data = painter.read()
        if data is not None:
            return data


async def _type(keyboard: PaneKeyboard, given: list[Typed | Pasted]) -> None:
    for each in given:
        if isinstance(each, Typed):
            await keyboard.type(each.data)
        else:
            await keyboard.paste(each.text)
