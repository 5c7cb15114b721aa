"""Asks tmux for an answer when a client that was sent much has been silent for a while.

tmux drops the output of a pane whose client is behind, and writes `%pause`. Where another line, such as a new name
of the window, stood behind that output, it writes neither until something else is to be written to the client
(seen with 3.3a: one flood in four on a loaded machine). The pane would be as it was for that long, and nothing
would say so. Any answer makes tmux write what it holds.
"""

from collections.abc import Callable, Iterable

import attrs
import trio

from oma.tmux.notifications import Output, WireEvent

MUCH_BYTES = 8192
"""A client is not behind before its pipe is full; pipes of a user who has very many are as short as that."""

SILENT_S = 1.5
"""Longer than a client has to be behind for a pause."""


@attrs.define
class HeldOutput:
    """The watch on one client.

    Args:
        ask: Asks for an answer. Never blocks.
    """

    ask: Callable[[], None]
    _bytes: int = 0
    """Of output, since it was asked."""
    _heard_s: float = 0.0
    _much: trio.Event = attrs.Factory(trio.Event)

    def heard(self, batch: Iterable[WireEvent]) -> None:
        """Take what was read at once."""
        self._heard_s = trio.current_time()
        if self._bytes < MUCH_BYTES:  # more is not counted
            self._bytes += sum(len(event.data) for event in batch if type(event) is Output)
        if self._bytes >= MUCH_BYTES:
            self._much.set()

    async def run(self) -> None:
        """Ask after each stretch of output; runs until cancelled. Nothing ticks while nothing is printed."""
        while True:
            await self._much.wait()
            while trio.current_time() < (silent_s := self._heard_s + SILENT_S):  # noqa: ASYNC110  # an event for each read costs more
                await trio.sleep_until(silent_s)
            self._bytes, self._much = 0, trio.Event()
            self.ask()
