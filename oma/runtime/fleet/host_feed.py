"""Follows the log of one host, over and over: what `oma record -o -` says there.

Where `oma serve` runs there, it is what that serves. How the host is reached is said to `Fleets`, and
never to a log.
"""

import os
import shutil
import signal
import subprocess  # noqa: TID251  # for its constants and types only
from collections.abc import Callable
from contextlib import suppress
from itertools import dropwhile
from typing import cast

import attrs
import trio
from trio.abc import ReceiveStream

from oma.errors import OmaError
from oma.model.standing import WatchBegan
from oma.recording.files import MAX_LINE_BYTES
from oma.recording.recording_format import Header, decode_header, decode_record
from oma.runtime.client.line_buffer import BoundedLineBuffer, LongLineError
from oma.runtime.fleet.connection_turns import ConnectionTurn, ConnectionTurns
from oma.runtime.fleet.ssh_command import asking_nobody, ended_with_us, far_argv, why_it_ended
from oma.store.fleets import Fleets
from oma.store.store import Store

SILENT_S = 20.0
"""A host that has not begun its log by then is given up, until the next try."""

WAITS_S = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Before each try after one that failed; the last for ever."""

STEADY_S = 10.0
"""A connection that lived so long did not fail."""

SETTLE_S = 5.0
"""A host that is reached again has told of all its agents by then, also of those that only a look finds."""

_END_S = 2.0
"""How long what was asked to end may take."""

_READ_BYTES = 1 << 18
_PRINTED_BYTES = 80
_ERROR_BYTES = 4096
"""As much is kept of what it says on stderr."""


@attrs.define
class HostFeed:
    """The link with one host.

    Args:
        host: As `ssh_command.parse_hosts` returns it.
        oma: What `oma` is called there.
        fleets: Gets its log, and how it is reached.
        make_store: Makes a store by the rules that a header carries; an `OmaError` if it cannot.
        turns: One is held while a connection is made, for a moment at most.
    """

    host: str
    oma: str
    fleets: Fleets
    make_store: Callable[[Header], Store]
    turns: ConnectionTurns
    _header: Header | None = None
    _store: Store | None = None
    _errors: bytes = b""
    _printed: str = ""
    """What came before its log, in words."""

    async def run(self) -> None:
        """Follow it until cancelled; nothing is left here or there then."""
        failures = 0
        while True:
            began_s = trio.current_time()
            with await self.turns.take() as turn:
                words = await self._follow(turn)
            self.fleets.lost(self.host, words)
            failures = 0 if trio.current_time() - began_s > STEADY_S else failures + 1
            await trio.sleep(WAITS_S[min(failures, len(WAITS_S) - 1)])

    async def _follow(self, turn: ConnectionTurn) -> str:
        """Follow it once; return why that ended."""
        self._errors, self._printed = b"", ""
        argv = far_argv(self.host, self.oma, ["record", "-o", "-"])
        if shutil.which(argv[0]) is None:
            return f"cannot run {argv[0]}: it is not there"
        try:
            # A session of its own: a Ctrl-C is for us alone, and ssh has no terminal to ask on.
            process = await trio.lowlevel.open_process(
                ended_with_us(argv),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                env=asking_nobody(os.environ),
            )
        except OSError as failure:
            return f"cannot run a process: {failure.strerror}"
        stdout, stderr = (
            cast("ReceiveStream", process.stdout),
            cast("ReceiveStream", process.stderr),
        )
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._read_errors, stderr)
                wrong = await self._read(stdout, nursery, turn)
                if wrong is None:
                    await _let_end(process)
                nursery.cancel_scope.deadline = trio.current_time() + 0.1
        finally:
            await _end(process)
        code = process.returncode or 0
        return wrong or why_it_ended(self.host, self.oma, code, self._errors)

    async def _read(
        self, stdout: ReceiveStream, nursery: trio.Nursery, turn: ConnectionTurn
    ) -> str | None:
        """Take all that comes; return what is wrong with it, or `None` at its end."""
        lines = BoundedLineBuffer(MAX_LINE_BYTES)
        found: list[bytes] = []
        try:
            with trio.fail_after(SILENT_S):
                while not found:
                    found = self._log_of(await _next(lines, stdout))
            first, *found = found
            turn.end()
            self._begin(decode_header(first, self.host))
            nursery.start_soon(self._settle)
            while True:
                for line in found:
                    self.fleets.take(self.host, decode_record(line))
                found = await _next(lines, stdout)
        except EOFError:
            return None
        except trio.TooSlowError:
            return f"it has said nothing for {SILENT_S:.0f} seconds{self._printed}"
        except (OmaError, LongLineError) as damage:
            return f"what it says cannot be read: {damage}"

    def _log_of(self, lines: list[bytes]) -> list[bytes]:
        """Return the lines from that on at which its log begins; before that, a shell may say what it says to all."""
        found = list(dropwhile(lambda line: not line.startswith(b"{"), lines))
        if lines and not found:
            self._printed = f" but {lines[0][:_PRINTED_BYTES].decode(errors='replace')!r}"
        return found

    def _begin(self, header: Header) -> None:
        known = self._header
        if known is None or (known.config, known.profiles) != (header.config, header.profiles):
            self._store = None
        self._header = header
        again = self._store is not None
        store = self._store = self._store or self.make_store(header)
        store.is_fed = True
        self.fleets.reached(self.host, store)
        if again:  # before any time passes: nobody knows what was due meanwhile
            store.append(WatchBegan())

    async def _settle(self) -> None:
        await trio.sleep(SETTLE_S)
        self.fleets.settled(self.host)

    async def _read_errors(self, stderr: ReceiveStream) -> None:
        async for data in stderr:
            self._errors = (self._errors + data)[-_ERROR_BYTES:]


async def _next(lines: BoundedLineBuffer, stdout: ReceiveStream) -> list[bytes]:
    """Return the next lines, none if there is only a part of one.

    Raises:
        EOFError: There is no more.
        LongLineError: One is too long.
    """
    try:
        data = await stdout.receive_some(_READ_BYTES)
    except trio.BrokenResourceError:
        raise EOFError from None
    if not data:
        raise EOFError
    return lines.feed(bytes(data))


async def _let_end(process: trio.Process) -> None:
    """Let go of a process: it ends what it runs, and ends as that does."""
    if process.stdin is not None:
        await process.stdin.aclose()
    with trio.move_on_after(_END_S):
        await process.wait()


async def _end(process: trio.Process) -> None:
    with trio.CancelScope(shield=True):
        await _let_end(process)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                await stream.aclose()
