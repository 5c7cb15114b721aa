"""Follows what all hosts publish on an engine, over and over. Whatever comes from it is hostile."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from functools import partial

import attrs
import trio

from oma.errors import OmaError, ProtocolError
from oma.model.publication import read_agents, read_all_told, read_description, read_piece
from oma.model.published import read_host_name
from oma.recording.compression import unpack
from oma.recording.recording_format import Header, parse_json
from oma.runtime.fleet.engine import Engine, EngineError, EngineLink, Held
from oma.runtime.fleet.engine_session import EngineSession
from oma.runtime.fleet.published_log_reader import PublishedLogReader
from oma.store.published_hosts import PublishedHosts
from oma.store.store import Store

BEAT_S = 2.0
"""How often it is asked whether the engine answers; a host is only lost while it does."""

AT_ONCE = 50
"""As many hosts are read at a time."""

_MOST_BYTES = 16 << 20
"""Of a piece, unpacked."""


@attrs.define
class EngineFeed:
    """The link with an engine.

    Args:
        engine: Where hosts publish.
        hosts: Gets what they publish, and how the engine is reached.
    """

    engine: Engine
    hosts: PublishedHosts
    make_store: Callable[[Header], Store] | None = None
    """Makes a store by the rules that the header of a log carries; `None` where no log is read."""
    stands: trio.Event = attrs.Factory(trio.Event)
    """All that the engine holds was read, or it was not reached."""
    _stale: set[str] = attrs.Factory(set)
    """Hosts of which something is missing; they are read at the next beat."""
    _session: EngineSession = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._session = EngineSession(self.engine, self._follow, self._lost)

    async def run(self) -> None:
        """Follow it until cancelled."""
        await self._session.run()

    def _lost(self, error: EngineError) -> None:
        self.hosts.engine_lost(str(error))
        self.stands.set()

    async def _follow(self, link: EngineLink) -> None:
        async with link.pieces() as pieces:
            await self._follow_pieces(link, pieces)

    async def _follow_pieces(
        self, link: EngineLink, pieces: AsyncIterator[tuple[str, bytes]]
    ) -> None:
        """Follow it once.

        Raises:
            EngineError: That has ended, and why.
        """
        self._stale.clear()
        names = [*self.hosts.hosts, *await link.hosts()]
        await self._read(link, dict.fromkeys(filter(self._is_host, names)))
        self.hosts.engine_reached()
        self._session.works()
        self.stands.set()
        words = "the connection ended"

        async def until_lost(work: Callable[[], Awaitable[None]]) -> None:
            nonlocal words
            try:
                await work()
            except EngineError as error:
                words = str(error)
            nursery.cancel_scope.cancel()

        async def take_all() -> None:
            async for host, data in pieces:
                self._take(host, data)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(until_lost, partial(self._beat, link))
            if self.make_store is not None:
                follower = PublishedLogReader(self.hosts, self.make_store)
                nursery.start_soon(until_lost, partial(follower.run, link))
            await until_lost(take_all)
        raise EngineError(words)

    async def _beat(self, link: EngineLink) -> None:
        while True:
            await trio.sleep(BEAT_S)
            await link.ping()
            await self._read(link, self._stale)
            self.hosts.pass_time()

    def _is_host(self, name: str) -> bool:
        try:
            return self.hosts.has_room(read_host_name(name))
        except ProtocolError:
            return False

    def _take(self, host: str, data: bytes) -> None:
        known = self.hosts.hosts.get(host)
        if known is None and not self._is_host(host):
            return
        try:
            agents = None if known is None else known.agents
            piece = read_piece(unpack(data, _MOST_BYTES), parse_json, agents)
            if not self.hosts.take(host, piece):
                self._stale.add(host)
        except OmaError as damage:
            self.hosts.refuse(host, _unreadable(damage))

    async def _read(self, link: EngineLink, hosts: Iterable[str]) -> None:
        names = list(hosts)
        self._stale.difference_update(names)
        for at in range(0, len(names), AT_ONCE):
            some = names[at : at + AT_ONCE]
            held = await link.read([(host, self._last_id(host)) for host in some])
            for host, each in zip(some, held, strict=True):
                self._take_held(host, each)

    def _last_id(self, host: str) -> str | None:
        last = self.hosts.last_told(host)
        return None if last is None else f"{last[0]}-{last[1]}"

    def _take_held(self, host: str, held: Held) -> None:
        if held.description is None:
            return  # the engine has forgotten it; it says itself that it lives
        try:
            self.hosts.read(
                host,
                read_description(held.description, parse_json),
                _moment(held.alive),
                read_agents(held.agents, parse_json),
                read_all_told(held.told, parse_json),
            )
        except OmaError as damage:
            self.hosts.refuse(host, _unreadable(damage))


def _moment(alive: bytes | None) -> float | None:
    if alive is None:
        return None
    try:
        t = float(alive)
    except ValueError:
        raise ProtocolError("not a sign of life") from None
    if not 0 <= t < 1e11:
        raise ProtocolError("not a sign of life")
    return t


def _unreadable(damage: OmaError) -> str:
    return f"what it publishes cannot be read: {damage}"
