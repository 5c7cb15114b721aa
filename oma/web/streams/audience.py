"""Who is watching, and who controls: told to everybody, so that nobody watches unseen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import attrs
import trio

from oma.web.door.sessions import Visitor
from oma.web.request_error import RequestError


@attrs.define(eq=False)
class Seat:
    """One open stream."""

    visitor: Visitor
    agent: str | None
    """The name of the agent it is about; `None` for all of them."""
    since_s: float
    """In seconds since the epoch."""


@attrs.define
class Audience:
    """Everybody to whom a stream is open.

    Args:
        most: Streams that may be open at once.
        most_each: As `most`, of one login.
        now_s: Seconds since the epoch.
    """

    most: int
    most_each: int
    now_s: Callable[[], float]
    changed: Callable[[], None] = lambda: None
    """Called when an agent's viewers or controller are others than before."""
    seats: list[Seat] = attrs.Factory(list)
    closing: trio.Event = attrs.Factory(trio.Event)
    """Set when the server ends: every stream then ends itself."""
    _control: dict[str, str] = attrs.Factory(dict)

    @contextmanager
    def seat(self, visitor: Visitor, agent: str | None) -> Iterator[Seat]:
        """Count a stream while the block runs.

        Raises:
            RequestError: There are too many, or the server ends.
        """
        if self.closing.is_set():
            raise RequestError(503, "this server is ending")
        of_theirs = sum(seat.visitor.grant.name == visitor.grant.name for seat in self.seats)
        if len(self.seats) >= self.most or of_theirs >= self.most_each:
            most = self.most if len(self.seats) >= self.most else self.most_each
            words = f"{most} streams are open, which is the limit: close one, or try later"
            raise RequestError(429, words)
        seat = Seat(visitor, agent, self.now_s())
        self.seats.append(seat)
        visitor.live += 1
        self.changed()
        try:
            yield seat
        finally:
            self.seats.remove(seat)
            visitor.live -= 1
            visitor.seen_s = self.now_s()
            self.changed()

    def viewers(self, agent: str) -> tuple[str, ...]:
        """Return the names of those who watch this agent, each once, the first to come first."""
        names = (seat.visitor.grant.name for seat in self.seats if seat.agent == agent)
        return tuple(dict.fromkeys(names))

    def controller(self, agent: str) -> str | None:
        """Return who types into this agent."""
        return self._control.get(agent)

    def control(self, agent: str, name: str | None) -> None:
        """Take note of who types into this agent now; `None` for nobody."""
        if name is None:
            self._control.pop(agent, None)
        else:
            self._control[agent] = name
        self.changed()
