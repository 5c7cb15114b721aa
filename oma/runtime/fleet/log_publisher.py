"""Publishes the log of one machine: to files first, and from there to an engine whenever it is there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

import attrs
import trio

from oma.errors import OmaError
from oma.recording.compression import pack
from oma.recording.published_log import PublishedEntry
from oma.recording.recording_format import Header, encode_header, encode_record
from oma.runtime.clock import wall_time
from oma.runtime.fleet.engine import Engine, EngineError, EngineLink
from oma.runtime.fleet.engine_session import EngineSession
from oma.runtime.fleet.log_outbox import LogOutbox
from oma.runtime.log_encoder import LogEncoder
from oma.store.store import Store
from oma.store.tail import Tail, TailStep

GATHER_S = 1.0
"""How long records gather; after a change of health they do not."""

FRAME_BYTES = 256 << 10
"""Of the lines of an entry, after which another one begins."""

SEGMENT_BYTES, SEGMENT_S = 4 << 20, 600.0
"""After so much, or so long, a reader may begin anew."""

END_S = 2.0
"""How long the last of it may take."""


@attrs.frozen
class _Begin:
    """Where a reader may begin."""

    lines: bytes
    """A header and how things stood, packed."""
    t: float


@attrs.define
class LogPublisher:
    """The log of one host on its way to an engine.

    Args:
        engine: Where it is published.
        host: Its name there.
        header: Of the log.
        store: Of the log.
        boot: Of this run, at least.
        outbox: Holds what is yet to be published.
        say: Tells the user one line.
    """

    engine: Engine
    host: str
    header: Header
    store: Store
    boot: int
    outbox: LogOutbox
    say: Callable[[str], None]
    _begin: _Begin | None = None
    """What the next entry carries, where a reader may begin at that."""
    _news: trio.Event = attrs.Factory(trio.Event)
    _session: EngineSession = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._session = EngineSession(self.engine, self._follow, self._lost)

    async def run(self, is_ours: trio.Event) -> None:
        """Publish until the log ends, and what is left then, if the engine takes it.

        Args:
            is_ours: Set when the name of the host is.

        Raises:
            OmaError: The files cannot be written, or the disk is too slow.
        """
        tail = self.store.tail()
        self._begin = self._begun()
        with trio.CancelScope(shield=True):
            newest = await trio.to_thread.run_sync(self.outbox.open)
        self.boot = max(self.boot, newest + 1)
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._send, is_ours)
                await self._gather(tail)
                nursery.cancel_scope.cancel()
        finally:
            self.store.leave(tail)
            with trio.move_on_after(END_S, shield=True):
                await self._keep(tail.take())
                if is_ours.is_set():
                    with suppress(EngineError):
                        async with self.engine.connect() as link:
                            await self._send_waiting(link)
        if tail.cut_off:
            raise OmaError("the log is published no more: the disk was too slow for it")

    async def _gather(self, tail: Tail) -> None:
        size_bytes, began_s = 0, trio.current_time()
        while steps := await tail.receive():
            size_bytes += await self._keep(steps)
            is_old = trio.current_time() - began_s > SEGMENT_S
            if size_bytes > SEGMENT_BYTES or is_old:
                begin, steps = self._begun(), tail.take()
                await self._keep(steps)  # what comes meanwhile is what follows
                self._begin, size_bytes, began_s = begin, 0, trio.current_time()
            elif not any(step.transitions for step in steps):
                await trio.sleep(GATHER_S)

    def _begun(self) -> _Begin:
        """Return what a reader begins with now: nothing but a header where nothing has happened yet."""
        if self.store.seq == 0:
            return _Begin(pack(encode_header(self.header)), 0.0)
        self.store.pass_time()  # first: what it logs is in the tail
        lines = LogEncoder(self.header, self.store).begun(wall_time())
        return _Begin(pack(lines), self.store.t)

    async def _keep(self, steps: Sequence[TailStep]) -> int:
        """Put the records of steps into the outbox; return how many bytes their lines have."""
        total = 0
        for first, last, lines in _frames(steps):
            begin, self._begin = self._begin, None
            entry = PublishedEntry(
                self.boot,
                first,
                last,
                pack(lines),
                None if begin is None else begin.lines,
                0.0 if begin is None else begin.t,
            )
            with trio.CancelScope(shield=True):  # else they would be nowhere
                lost = await trio.to_thread.run_sync(self.outbox.add, entry)
            if lost:
                self.say(f"{lost} records of the log are dropped: nobody has taken them")
            total += len(lines)
        self._news.set()
        return total

    async def _send(self, is_ours: trio.Event) -> None:
        await is_ours.wait()
        await self._session.run()

    def _lost(self, error: EngineError) -> None:
        self.say(f"the log waits: {self.engine.words}: {error}")

    async def _follow(self, link: EngineLink) -> None:
        """Send what waits, and what comes."""
        while True:
            self._news = trio.Event()
            await self._send_waiting(link)
            self._session.works()
            await self._news.wait()

    async def _send_waiting(self, link: EngineLink) -> None:
        # Asked each time: it may have begun anew, unnoticed.
        self.outbox.resume(await link.log_end(self.host))
        for entry in self.outbox.waiting():
            await link.append_log(self.host, entry, self.outbox.oldest or entry.place)
            self.outbox.published(entry.place)


def _frames(steps: Iterable[TailStep]) -> Iterator[tuple[int, int, bytes]]:
    """Give the lines of records, as many as an entry has, with the numbers of the first and the last."""
    lines, first, last = bytearray(), 0, 0
    for step in steps:
        first, last = first or step.record.seq, step.record.seq
        lines += encode_record(step.record)
        if len(lines) > FRAME_BYTES:
            yield first, last, bytes(lines)
            lines, first = bytearray(), 0
    if lines:
        yield first, last, bytes(lines)
