"""An engine that is Valkey or Redis: the keys, and the one place that knows `coredis`.

| key | holds |
|---|---|
| `oma:{HOST}:host` | the description |
| `oma:{HOST}:state` | a hash: ids of agents, and their documents |
| `oma:{HOST}:news` | a stream of changes, the latest of them |
| `oma:{HOST}:alive` | the sign of life, which ends by itself |
| `oma:{HOST}:log` | a stream of entries of the log, where it is published |
| `oma:{HOST}:begin` | the id of the newest of them at which a reader may begin |
| `oma:news:HOST` | a channel of pieces |

A host that may use its own keys and its channel can change nothing of others.
"""

import ssl
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import anyio
import attrs
import coredis
import trio
from coredis.exceptions import RedisError
from coredis.retry import NoRetryPolicy

from oma.errors import OmaError
from oma.model.publication import MOST_TOLD
from oma.recording.published_log import PublishedEntry
from oma.runtime.fleet.engine import ALIVE_S, EngineError, EngineLink, Held, HostClaim, Writing
from oma.runtime.fleet.engine_address import EngineAddress
from oma.runtime.fleet.log_fields import entry_of, fields_of, id_of, place_of
from oma.runtime.fleet.pushed_pieces import pushed_pieces

PATIENCE_S = 5.0
"""How long an answer may take."""

_CHANNEL = "oma:news:"
_DESCRIPTIONS = "oma:{*}:host"
LOG_AT_ONCE = 32
"""As many entries of a log are read at a time."""

_SAID_TO_BATCH = " of pipeline caused error: "

Client = coredis.Redis[bytes]


@attrs.frozen
class RedisEngine:
    """An `Engine` at an address."""

    address: EngineAddress

    @property
    def words(self) -> str:
        """What it is called."""
        return self.address.words

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[EngineLink]:
        """Connect while a block runs.

        Raises:
            EngineError: It is not there, or refuses.
        """
        with _engine_errors():
            async with _client_of(self.address) as client:
                link = RedisLink(client)
                await link.ping()
                yield link


def _client_of(address: EngineAddress) -> Client:
    return coredis.Redis(
        host=address.host or None,
        port=address.port,
        unix_socket_path=address.path or None,
        db=address.database,
        username=address.user,
        password=address.password,
        ssl=address.is_secure,
        ssl_context=ssl.create_default_context() if address.is_secure else None,
        connect_timeout=PATIENCE_S,
        stream_timeout=PATIENCE_S,
        decode_responses=False,
        verify_version=False,
        retry_policy=NoRetryPolicy(),
        client_name="oma",
    )


@attrs.frozen
class RedisLink:
    """An `EngineLink` over a client."""

    client: Client
    _listening: list[Any] = attrs.Factory(list)
    """Connections of `coredis` that listen."""

    async def ping(self) -> None:
        """Wait for an answer, of what listens as well."""
        with _engine_errors():
            await self.client.ping()
            for connection in self._listening:
                await connection.create_request(b"PING")

    async def claim(self, host: str) -> HostClaim:
        """Return who holds the name of a host."""
        with _engine_errors(), trio.fail_after(PATIENCE_S):
            async with self.client.pipeline(transaction=False) as batch:
                asked = batch.get(_key(host, "host"))
                alive = batch.exists([_key(host, "alive")])
                news = batch.xrevrange(_key(host, "news"), count=1)
            description, last = await asked, await news
            return HostClaim(
                description, bool(await alive), _text(last[0].identifier) if last else None
            )

    async def write(self, writing: Writing) -> None:
        """Write it."""
        host, key = writing.host, writing.host
        with _engine_errors(), trio.fail_after(PATIENCE_S):
            async with self.client.pipeline(transaction=True) as batch:
                if writing.whole:
                    batch.delete([_key(key, "state")])
                elif writing.gone:
                    batch.hdel(_key(key, "state"), list(writing.gone))
                if writing.agents:
                    batch.hset(_key(key, "state"), dict(writing.agents))
                for told_id, document in writing.told:
                    batch.xadd(
                        _key(key, "news"),
                        field_values={"change": document},
                        identifier=told_id,
                        trim_strategy=coredis.PureToken.MAXLEN,
                        threshold=MOST_TOLD,
                    )
                if writing.description is not None:
                    batch.set(_key(key, "host"), writing.description)
                if writing.alive is None:
                    batch.delete([_key(key, "alive")])
                else:
                    batch.set(_key(key, "alive"), writing.alive, ex=ALIVE_S)
                batch.publish(f"{_CHANNEL}{host}", writing.piece)

    async def hosts(self) -> Sequence[str]:
        """Return the names of all hosts that are held, as they are."""
        with _engine_errors(), trio.fail_after(PATIENCE_S):
            keys = [key async for key in self.client.scan_iter(match=_DESCRIPTIONS, count=1000)]
        return [_text(key).removeprefix("oma:{").removesuffix("}:host") for key in keys]

    async def log_end(self, host: str) -> tuple[int, int] | None:
        """Return the place of the newest entry of a host's log; `None` where there is none."""
        with _engine_errors(), trio.fail_after(PATIENCE_S):
            newest = await self.client.xrevrange(_key(host, "log"), count=1)
        return place_of(newest[0].identifier) if newest else None

    async def append_log(self, host: str, entry: PublishedEntry, oldest: tuple[int, int]) -> None:
        """Add an entry to a host's log, and drop those before the place `oldest`."""
        with _engine_errors(), trio.fail_after(PATIENCE_S):
            async with self.client.pipeline(transaction=True) as batch:
                batch.xadd(
                    _key(host, "log"),
                    field_values=fields_of(entry),
                    identifier=id_of(entry.place),
                    trim_strategy=coredis.PureToken.MINID,
                    threshold=id_of(oldest),
                )
                if entry.begin is not None:
                    batch.set(_key(host, "begin"), id_of(entry.place))

    async def read_log(
        self, host: str, after: tuple[int, int] | None, *, newest: bool = False
    ) -> Sequence[PublishedEntry]:
        """Return some entries of a host's log after a place, in their order."""
        with _engine_errors(), trio.fail_after(PATIENCE_S):
            start = "-" if after is None else f"({id_of(after)}"
            if newest and after is None:
                start = _text(await self.client.get(_key(host, "begin")) or b"-")
            found = await self.client.xrange(_key(host, "log"), start=start, count=LOG_AT_ONCE)
        return tuple(entry_of(each.identifier, _fields(each)) for each in found)

    async def read(self, hosts: Sequence[tuple[str, str | None]]) -> Sequence[Held]:
        """Return what is held of hosts, each with the id after which its changes are wanted, if any are."""
        with _engine_errors(), trio.fail_after(PATIENCE_S):
            async with self.client.pipeline(transaction=True) as batch:
                asked = [
                    (
                        batch.get(_key(host, "host")),
                        batch.get(_key(host, "alive")),
                        batch.hvals(_key(host, "state")),
                        None
                        if after is None
                        else batch.xrange(_key(host, "news"), start=f"({after}", count=MOST_TOLD),
                    )
                    for host, after in hosts
                ]
            return [
                Held(
                    await description,
                    await alive,
                    tuple(await agents),
                    _told(await told) if told else (),
                )
                for description, alive, agents, told in asked
            ]

    @asynccontextmanager
    async def pieces(self) -> AsyncIterator[AsyncIterator[tuple[str, bytes]]]:
        """Listen from when the block begins: give hosts' names and pieces, as they come."""
        with _engine_errors():
            async with (
                self.client.connection_pool.acquire() as connection,
                pushed_pieces(connection, _CHANNEL, PATIENCE_S) as pieces,
            ):
                self._listening.append(connection)
                try:
                    yield pieces
                finally:
                    self._listening.remove(connection)


def _fields(found: Any) -> dict[bytes, bytes]:  # noqa: ANN401  # of coredis
    return dict(found.field_values)


def _told(entries: Sequence[Any]) -> tuple[tuple[str, bytes], ...]:  # of coredis
    return tuple(
        (_text(each.identifier), each.field_values.get(b"change", b"")) for each in entries
    )


def _key(host: str, part: str) -> str:
    return f"oma:{{{host}}}:{part}"


def _text(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


_FAILURES = (
    RedisError,
    OSError,
    trio.TooSlowError,
    anyio.BrokenResourceError,
    anyio.ClosedResourceError,  # also where it is cancelled while it listens
    anyio.EndOfStream,
)


@contextmanager
def _engine_errors() -> Iterator[None]:
    """Make what `coredis` raises an `EngineError`; its own tasks raise groups, also of errors that are ours."""
    try:
        yield
    except _FAILURES as failure:
        raise EngineError(_why(failure)) from None
    except BaseExceptionGroup as group:
        failures, others = group.split((OmaError, *_FAILURES))
        if failures is None:
            raise
        if others is not None:  # cancelled, which counts; or a bug
            raise others from None
        first = _first(failures)
        raise (first if isinstance(first, OmaError) else EngineError(_why(first))) from None


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    found = group.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found


def _why(failure: BaseException) -> str:
    if isinstance(failure, trio.TooSlowError):
        return f"no answer within {PATIENCE_S:.0f} seconds"
    cause = failure.__cause__
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    # `coredis` puts what was written before what the engine says to it: all of an agent, or a piece of a log.
    words = str(failure).rpartition(_SAID_TO_BATCH)[2]
    return words.splitlines()[0] if words else "the connection ended"
