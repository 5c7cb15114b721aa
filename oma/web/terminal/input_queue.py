"""What one writer has typed and the pane has not got yet: in order, within bounds.

What types is given by the composition: this package knows nothing of tmux.
"""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

import attrs
import trio

from oma.model.ids import PaneId
from oma.web.terminal.terminal_requests import PasteText, TypeKeys

IDLE_S = 30 * 60.0
"""Whoever types nothing for so long controls the terminal no more."""

WAITING_BYTES = 128 << 10
"""So much may wait to be typed; what comes on top is refused."""


class Keyboard(Protocol):
    """A way into one pane."""

    async def type(self, data: bytes) -> None:
        """Type bytes as they are, after all that was typed before.

        Raises:
            CommandError: tmux refused, or does not answer.
        """

    async def paste(self, text: str) -> None:
        """Paste a text: between brackets where the program wants them, without controls.

        Raises:
            CommandError: tmux refused, or does not answer.
        """


class Keyboards(Protocol):
    """Keyboards for any pane."""

    def open(self, pane: PaneId) -> AbstractAsyncContextManager[Keyboard]:
        """Give a keyboard until the block ends.

        Raises:
            CommandError: There is no such pane, or tmux does not let us in.
        """


@attrs.define(eq=False)
class InputQueue:
    """One writer at one pane.

    Args:
        pane: Which.
        keyboards: What types into it.
    """

    pane: PaneId
    keyboards: Keyboards
    count_bytes: int = 0
    """Typed so far."""
    _waiting: list[TypeKeys | PasteText] = attrs.Factory(list)
    _waiting_bytes: int = 0
    _leaving: bool = False
    _news: trio.Event = attrs.Factory(trio.Event)
    _scope: trio.CancelScope = attrs.Factory(trio.CancelScope)

    def put(self, typed: TypeKeys | PasteText) -> bool:
        """Have something typed; say whether there was room for it. Never blocks."""
        size = _size(typed)
        if self._waiting_bytes + size > WAITING_BYTES:
            return False
        self._waiting_bytes += size
        self._waiting.append(typed)
        self._news.set()
        return True

    def leave(self) -> None:
        """End once all is typed that waits."""
        self._leaving = True
        self._news.set()

    def stop(self) -> None:
        """End at once; what waits is not typed."""
        self._waiting.clear()
        self._scope.cancel()

    async def run(self) -> None:
        """Type what comes until told to end, or nothing comes for `IDLE_S`.

        Raises:
            CommandError: tmux refused.
        """
        with self._scope:
            async with self.keyboards.open(self.pane) as keyboard:
                while await self._next():
                    waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
                    await self._type(keyboard, waiting)

    async def _next(self) -> bool:
        """Wait for something to type; say whether there is."""
        with trio.move_on_after(IDLE_S):
            while not (self._waiting or self._leaving):
                self._news = trio.Event()
                await self._news.wait()
        return bool(self._waiting)

    async def _type(self, keyboard: Keyboard, waiting: list[TypeKeys | PasteText]) -> None:
        keys = bytearray()
        for typed in waiting:
            self.count_bytes += _size(typed)
            if isinstance(typed, TypeKeys):
                keys += typed.data
                continue
            if keys:
                await keyboard.type(bytes(keys))
                keys.clear()
            await keyboard.paste(typed.text)
        if keys:
            await keyboard.type(bytes(keys))


def _size(typed: TypeKeys | PasteText) -> int:
    return (
        len(typed.data)
        if isinstance(typed, TypeKeys)
        else len(typed.text.encode("utf-8", "replace"))
    )
