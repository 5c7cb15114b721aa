"""Who connects to a host, and when: few at a time, and whoever hangs keeps no other from it for long.

As many connections may be made at a time as the sshd of one machine takes: those that are made through one
machine are made to one sshd. A host that takes connections and says nothing would hold its turn for ten seconds.
"""

from types import TracebackType
from typing import Self

import attrs
import trio

AT_ONCE = 4
"""As many hosts are connected to at a time; sshd refuses from ten unknown connections on."""

PASSED_ON_S = 1.0
"""A host that has not answered by then goes on trying, and the next one begins."""


@attrs.define(eq=False)
class ConnectionTurn:
    """One that is held; it ends with a block, unless it did before."""

    turns: "ConnectionTurns"
    until_s: float
    """When it is passed on, whether a connection was made or not."""

    def end(self) -> None:
        """Let the next one begin. To say it again does no harm."""
        self.turns.end(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()


@attrs.define
class ConnectionTurns:
    """The turns of all hosts."""

    held: list[ConnectionTurn] = attrs.Factory(list)
    """The oldest first."""
    _line: trio.Lock = attrs.Factory(trio.Lock)
    """Held by who comes next; the others stand behind it in their order."""
    _ended: trio.Event = attrs.Factory(trio.Event)

    async def take(self) -> ConnectionTurn:
        """Wait for a turn."""
        async with self._line:
            while len(self.held) >= AT_ONCE:
                oldest, ended = self.held[0], self._ended
                with trio.move_on_at(oldest.until_s):
                    await ended.wait()
                if trio.current_time() >= oldest.until_s:
                    self.end(oldest)
            turn = ConnectionTurn(self, trio.current_time() + PASSED_ON_S)
            self.held.append(turn)
            return turn

    def end(self, turn: ConnectionTurn) -> None:
        """Take it that a turn is over; it may be over already."""
        if turn in self.held:
            self.held.remove(turn)
            self._ended.set()
            self._ended = trio.Event()
