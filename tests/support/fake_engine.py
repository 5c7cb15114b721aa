"""An engine that is no process: what it holds can be looked at, and it fails when it is told to."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import attrs
import trio

from oma.recording.published_log import PublishedEntry
from oma.runtime.fleet.engine import EngineError, Held, HostClaim, Writing


@attrs.define
class FakeEngine:
    """What it holds, by the names of hosts."""

    words: str = "the engine"
    descriptions: dict[str, bytes] = attrs.Factory(dict)
    agents: dict[str, dict[str, bytes]] = attrs.Factory(dict)
    told: dict[str, dict[str, bytes]] = attrs.Factory(dict)
    alive: dict[str, bytes] = attrs.Factory(dict)
    logs: dict[str, list[PublishedEntry]] = attrs.Factory(dict)
    writings: list[Writing] = attrs.Factory(list)
    is_down: bool = False
    forbidden: set[str] = attrs.Factory(set)
    """Hosts whose writing is refused."""
    _listening: list[trio.MemorySendChannel[tuple[str, bytes]]] = attrs.Factory(list)

    def empty(self) -> None:
        """Forget everything."""
        for held in (self.descriptions, self.agents, self.told, self.alive, self.logs):
            held.clear()

    def go_down(self) -> None:
        """Answer nobody any more, and hang up on those who listen."""
        self.is_down = True
        for each in self._listening:
            each.close()
        self._listening.clear()

    def send(self, host: str, piece: bytes) -> None:
        """Give a piece to those who listen."""
        for each in self._listening:
            each.send_nowait((host, piece))

    @asynccontextmanager
    async def connect(self) -> AsyncIterator["FakeEngine"]:
        """Connect."""
        await self.ping()
        yield self

    async def ping(self) -> None:
        """Answer, unless it is down."""
        await trio.lowlevel.checkpoint()
        if self.is_down:
            raise EngineError("it is down")

    async def log_end(self, host: str) -> tuple[int, int] | None:
        """Say how far a log is held."""
        await self.ping()
        entries = self.logs.get(host)
        return entries[-1].place if entries else None

    async def append_log(self, host: str, entry: PublishedEntry, oldest: tuple[int, int]) -> None:
        """Take an entry, and drop others."""
        await self.ping()
        entries = self.logs.setdefault(host, [])
        assert not entries or entry.place > entries[-1].place
        self.logs[host] = [each for each in (*entries, entry) if each.place >= oldest]

    async def read_log(
        self, host: str, after: tuple[int, int] | None, *, newest: bool = False
    ) -> Sequence[PublishedEntry]:
        """Give what is held of a log."""
        await self.ping()
        entries = self.logs.get(host, [])
        if after is None:
            begins = [n for n, each in enumerate(entries) if each.begin is not None]
            return entries[begins[-1] :] if newest and begins else entries
        return [each for each in entries if each.place > after]

    async def claim(self, host: str) -> HostClaim:
        """Say who holds a name."""
        await self.ping()
        last = next(reversed(self.told.get(host, {})), None)
        return HostClaim(self.descriptions.get(host), host in self.alive, last)

    async def write(self, writing: Writing) -> None:
        """Take what a host writes."""
        await self.ping()
        if writing.host in self.forbidden:
            raise EngineError("no permission")
        self.writings.append(writing)
        host = writing.host
        agents = self.agents.setdefault(host, {})
        if writing.whole:
            agents.clear()
        agents |= writing.agents
        for gone in writing.gone:
            agents.pop(gone, None)
        told = self.told.setdefault(host, {})
        for told_id, document in writing.told:
            assert told_id not in told
            told[told_id] = document
        if writing.description is not None:
            self.descriptions[host] = writing.description
        if writing.alive is None:
            self.alive.pop(host, None)
        else:
            self.alive[host] = writing.alive
        self.send(host, writing.piece)

    async def hosts(self) -> Sequence[str]:
        """Name those that are held."""
        await self.ping()
        return list(self.descriptions)

    async def read(self, hosts: Sequence[tuple[str, str | None]]) -> Sequence[Held]:
        """Give what is held."""
        await self.ping()
        return [
            Held(
                self.descriptions.get(host),
                self.alive.get(host),
                tuple(self.agents.get(host, {}).values()),
                () if after is None else self._told_after(host, after),
            )
            for host, after in hosts
        ]

    def _told_after(self, host: str, after: str) -> tuple[tuple[str, bytes], ...]:
        return tuple(
            each for each in self.told.get(host, {}).items() if _order(each[0]) > _order(after)
        )

    @asynccontextmanager
    async def pieces(self) -> AsyncIterator[AsyncIterator[tuple[str, bytes]]]:
        """Listen."""
        await self.ping()
        give, take = trio.open_memory_channel[tuple[str, bytes]](1000)
        self._listening.append(give)
        yield take


def _order(told_id: str) -> tuple[int, ...]:
    return tuple(map(int, told_id.split("-")))
