"""One viewer of a terminal: what has yet to be sent to them, within bounds.

A viewer that does not keep up loses what waits and gets the whole screen again; nobody waits for
them, and they never get a part of what the pane printed without what came before it.
"""

import json

import attrs
import trio

CAPACITY_BYTES = 256 << 10
"""Of output that waits for one viewer: a second of the fastest that anybody can read."""

CAPACITY_WORDS = 256
"""Messages beside the output that wait for one viewer; with more, they get none at all."""

SNAPSHOT = '{"type":"snapshot"}'


@attrs.define(eq=False)
class Viewer:
    """Somebody who watches one terminal."""

    name: str
    behind: bool = False
    """Output has been dropped: only a whole screen helps."""
    lost: bool = False
    """They take nothing at all, and are to be given up."""
    ended: bool = False
    """There is nothing more to come."""
    _waiting: list[str | bytes] = attrs.Factory(list)
    _held_bytes: int = 0
    _size: tuple[int, int] = (0, 0)
    _lot: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    def tell(self, kind: str, **facts: object) -> None:
        """Have a message sent. Never blocks."""
        if len(self._waiting) >= CAPACITY_WORDS:
            self.lost = True
        else:
            self._waiting.append(json.dumps({"type": kind, **facts}, separators=(",", ":")))
        self._lot.unpark_all()

    def greet(self, columns: int, rows: int, **facts: object) -> None:
        """Have the first message sent."""
        self._size = (columns, rows)
        self.tell("hello", columns=columns, rows=rows, **facts)

    def put(self, data: bytes) -> None:
        """Have output sent, or drop it, and what waits, when that is too much. Never blocks."""
        if self.behind:
            return
        self._held_bytes += len(data)
        if self._held_bytes > CAPACITY_BYTES:
            self.drop()
        else:
            self._waiting.append(data)
        self._lot.unpark_all()

    def drop(self) -> None:
        """Forget all output that waits: it does not count any more."""
        self._forget()
        self.behind = True
        self._lot.unpark_all()

    def show(self, columns: int, rows: int, screen: bytes, reset: bytes = b"") -> None:
        """Have a whole screen sent, in place of all that waits; `reset` comes before it."""
        self._forget()
        self.behind = False
        if (columns, rows) != self._size:
            self._size = (columns, rows)
            self.tell("size", columns=columns, rows=rows)
        self._waiting += [SNAPSHOT, reset + screen]
        self._held_bytes = len(screen)
        self._lot.unpark_all()

    async def take(self) -> list[str | bytes]:
        """Return all that is to be sent, joined; waits for it, or for being behind, or the end."""
        while not (self._waiting or self.behind or self.lost or self.ended):
            await self._lot.park()
        waiting, self._waiting = self._waiting, []
        self._held_bytes = 0
        return _joined(waiting)

    def _forget(self) -> None:
        kept: list[str | bytes] = [
            each for each in self._waiting if isinstance(each, str) and each != SNAPSHOT
        ]
        self._waiting, self._held_bytes = kept, 0


def _joined(waiting: list[str | bytes]) -> list[str | bytes]:
    """Return the messages with neighbouring output in one."""
    if len(waiting) < 2:
        return waiting
    joined: list[str | bytes] = []
    for each in waiting:
        before = joined[-1] if joined else None
        if isinstance(each, bytes) and isinstance(before, bytes):
            joined[-1] = before + each
        else:
            joined.append(each)
    return joined
