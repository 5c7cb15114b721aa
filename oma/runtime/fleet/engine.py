"""What is asked of an engine that carries what machines publish; any that can do it can be added.

It holds, for each host, a description, its agents, its latest changes and a sign of life that ends by itself,
and it carries pieces of news to whoever listens. It is not trusted: what it gives is hostile.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import attrs

from oma.errors import OmaError
from oma.recording.published_log import PublishedEntry

ALIVE_S = 15
"""How long a sign of life holds."""


class EngineError(OmaError):
    """The engine is not there, or refuses; it is tried again."""


@attrs.frozen
class Writing:
    """What a host writes at once: all of it, or nothing."""

    host: str
    piece: bytes
    """For those who listen."""
    description: bytes | None = None
    """`None` where nothing has changed but that it lives."""
    agents: Mapping[str, bytes] = attrs.Factory(dict)
    """Documents by ids: those that are new or otherwise."""
    gone: Sequence[str] = ()
    whole: bool = False
    """There are no others than `agents`."""
    told: Sequence[tuple[str, bytes]] = ()
    """Changes with their ids, which grow."""
    alive: bytes | None = None
    """The sign of life; `None` ends it."""


@attrs.frozen
class Held:
    """What an engine holds of a host; every text is hostile."""

    description: bytes | None = None
    alive: bytes | None = None
    agents: Sequence[bytes] = ()
    told: Sequence[tuple[str, bytes]] = ()


@attrs.frozen
class HostClaim:
    """Who holds the name of a host."""

    description: bytes | None = None
    is_alive: bool = False
    last_told: str | None = None
    """The id of its last change."""


class EngineLink(Protocol):
    """A connection. Everything raises `EngineError` where the engine does not answer, or refuses."""

    async def claim(self, host: str) -> HostClaim:
        """Return who holds the name of a host."""

    async def write(self, writing: Writing) -> None:
        """Write it."""

    async def hosts(self) -> Sequence[str]:
        """Return the names of all hosts that are held, as they are."""

    async def read(self, hosts: Sequence[tuple[str, str | None]]) -> Sequence[Held]:
        """Return what is held of hosts, each with the id after which its changes are wanted, if any are."""

    async def log_end(self, host: str) -> tuple[int, int] | None:
        """Return the place of the newest entry of a host's log; `None` where there is none."""

    async def append_log(self, host: str, entry: PublishedEntry, oldest: tuple[int, int]) -> None:
        """Add an entry to a host's log, and drop those before the place `oldest`."""

    async def read_log(
        self, host: str, after: tuple[int, int] | None, *, newest: bool = False
    ) -> Sequence[PublishedEntry]:
        """Return some entries of a host's log after a place, in their order.

        Args:
            host: Its name.
            after: `None` is from the beginning of what is held.
            newest: From the newest entry on at which a reader may begin, if `after` is `None`.
        """

    async def ping(self) -> None:
        """Wait for an answer."""

    def pieces(self) -> AbstractAsyncContextManager[AsyncIterator[tuple[str, bytes]]]:
        """Listen from when the block begins: give hosts' names and pieces, as they come."""


class Engine(Protocol):
    """Where an engine is."""

    @property
    def words(self) -> str:
        """What it is called."""

    def connect(self) -> AbstractAsyncContextManager[EngineLink]:
        """Connect while a block runs.

        Raises:
            EngineError: It is not there, or refuses.
        """
