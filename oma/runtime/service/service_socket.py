"""The socket of the service: answers questions, and gives its log to whoever asks for that.

Each reader has a tail of its own, so one that does not read is cut off and delays nobody; one that
sends nonsense is refused. Only this user's processes are heard.
"""

import json
import os
import socket
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

import attrs
import trio

from oma.errors import OmaError
from oma.recording.recording_format import Header
from oma.runtime.client.line_buffer import BoundedLineBuffer, LongLineError
from oma.runtime.service.change_writer import ChangeWriter
from oma.runtime.service.log_writer import LogWriter
from oma.runtime.service.peer import peer_uid
from oma.runtime.service.protocol import CHANGES, LOG, MOST_REQUEST_BYTES, NOW, PROTOCOL, RESYNC
from oma.runtime.service.service_address import ServiceAddress
from oma.store.store import Store

MOST_CONNECTIONS = 64
"""At once; a further one is refused."""

SETTLES_WITHIN_S = 10.0
"""How long it is waited at most for what has not settled when it could have."""

SETTLE_LOOK_S = 0.1

REQUEST_S = 2.0
"""How long a request may take to come, and its answer to be taken."""

Connection = trio.socket.SocketType

_WRITERS: Mapping[str, type[LogWriter]] = {LOG: LogWriter, CHANGES: ChangeWriter}
"""What goes on for as long as its reader stays."""


@attrs.define
class ServiceSocket:
    """Serves one store.

    Args:
        address: Where; the caller holds its lock.
        key: What the service watches, and by which rules: a request that names another is refused.
        header: Of the log.
        store: Of the log.
        answers: What else can be asked for, by its name; each gets the whole request.
        resync: Asks tmux for everything again.
        settled_s: When what is known has settled at the earliest, on trio's clock. A log is given at once; answers,
            changes, and a log for who asks for a settled one, are not given before.
        has_settled: Says whether it has; from `SETTLES_WITHIN_S` after that on it is taken to have.
    """

    address: ServiceAddress
    key: str
    header: Header
    store: Store
    answers: Mapping[str, Callable[[Mapping[str, object]], object]] = attrs.Factory(dict)
    resync: Callable[[], None] = lambda: None
    settled_s: float = 0.0
    has_settled: Callable[[], bool] = lambda: True
    _open: int = 0
    _writers: list[LogWriter] = attrs.Factory(list)

    async def run(self) -> None:
        """Serve until cancelled.

        Raises:
            OmaError: Nothing can listen there.
        """
        listening = self._listen()
        try:
            async with trio.open_nursery() as nursery:
                while True:
                    with suppress(
                        OSError
                    ):  # of one that has left already, or for want of descriptors
                        connection, _ = await listening.accept()
                        nursery.start_soon(self._serve, connection)
                        continue
                    await trio.sleep(0.1)
        finally:
            listening.close()
            self.address.socket.unlink(missing_ok=True)

    def clients_changed(self) -> None:
        """Tell every reader that some client left the tmux server, or shows another session."""
        for writer in self._writers:
            writer.clients_changed()

    def _listen(self) -> Connection:
        path = self.address.socket
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            path.unlink(missing_ok=True)  # of one that was killed: the lock is ours
            before = os.umask(0o177)
            try:
                listening.bind(str(path))
            finally:
                os.umask(before)
            listening.listen(MOST_CONNECTIONS)
        except OSError as failure:
            listening.close()
            raise OmaError(f"cannot listen at {path}: {failure.strerror}") from None
        return trio.socket.from_stdlib_socket(listening)

    async def _serve(self, connection: Connection) -> None:
        self._open += 1
        try:
            with connection:
                await self._answer(connection)
        except* (OSError, LongLineError):
            pass  # it has left, or is nobody to talk with
        finally:
            self._open -= 1

    async def _answer(self, connection: Connection) -> None:
        lines = BoundedLineBuffer(MOST_REQUEST_BYTES)
        wants_log, further, asked = False, list[bytes](), dict[str, object]()
        with trio.move_on_after(REQUEST_S):
            first, *further = await _lines(connection, lines)
            asked = _parsed(first)
            refusal = self._refusal(connection, asked)
            wants_log = refusal is None and asked["want"] in _WRITERS
            if not wants_log:
                answer = {"refused": refusal} if refusal else self._answer_to(asked)
                await _send(connection, self._line(answer))
        if wants_log:
            self._heard(further)
            if asked["want"] == CHANGES:
                await trio.sleep_until(self.settled_s)
                while self._is_young():  # noqa: ASYNC110
                    await trio.sleep(SETTLE_LOOK_S)
            await self._give_log(connection, lines, _WRITERS[str(asked["want"])])

    def _refusal(self, connection: Connection, asked: Mapping[str, object]) -> str | None:
        """Say why a request is refused; `None` where it is not."""
        if _user(connection) != os.getuid():
            return "this service is another user's"
        if self._open > MOST_CONNECTIONS:
            return f"{MOST_CONNECTIONS} are connected, which is the limit"
        if not asked:
            return "expected one line with a JSON object"
        if asked.get("protocol") != PROTOCOL:
            return f"this service speaks version {PROTOCOL} of the protocol"
        key = asked.get("key")
        if key is not None and key != self.key:
            return "it is another version of oma, or watches by other options or another configuration"
        known = [*_WRITERS, *self.answers]
        if asked.get("want") not in known:
            return f"expected 'want' to be one of {', '.join(known)}"
        return self._too_early(asked) or None

    def _too_early(self, asked: Mapping[str, object]) -> str:
        """Say why what is asked for is not given yet; empty where it is."""
        if asked.get("settled") == NOW and not self.has_settled():
            return "it has not settled"
        settled = asked.get("settled")
        is_for_settled = asked.get("want") in self.answers or settled is True or settled == NOW
        return "it has only begun to watch" if is_for_settled and self._is_young() else ""

    def _is_young(self) -> bool:
        since_s = trio.current_time() - self.settled_s
        return since_s < 0 or (since_s < SETTLES_WITHIN_S and not self.has_settled())

    def _answer_to(self, asked: Mapping[str, object]) -> object:
        return self.answers[str(asked["want"])](asked)

    def _line(self, answer: object) -> bytes:
        told = {"protocol": PROTOCOL, "oma": self.header.oma}
        return (
            json.dumps({**told, **answer} if isinstance(answer, dict) else answer).encode() + b"\n"
        )

    async def _give_log(
        self, connection: Connection, lines: BoundedLineBuffer, kind: type[LogWriter]
    ) -> None:
        writer = kind(connection, self.header, self.store)
        self._writers.append(writer)
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._hear, connection, lines, nursery.cancel_scope)
                await writer.run()
                nursery.cancel_scope.cancel()
        finally:
            self._writers.remove(writer)
            writer.close()

    async def _hear(
        self, connection: Connection, lines: BoundedLineBuffer, scope: trio.CancelScope
    ) -> None:
        """Take what a reader of the log asks for meanwhile; it leaves by closing its end."""
        with suppress(OSError, LongLineError):
            while data := await connection.recv(MOST_REQUEST_BYTES):
                self._heard(lines.feed(data))
        scope.cancel()

    def _heard(self, lines: Iterable[bytes]) -> None:
        if any(_parsed(line).get("want") == RESYNC for line in lines):
            self.resync()


async def _lines(connection: Connection, lines: BoundedLineBuffer) -> list[bytes]:
    """Return the first lines that come; an empty one where none does."""
    while data := await connection.recv(MOST_REQUEST_BYTES):
        if found := lines.feed(data):
            return found
    return [b""]


def _parsed(line: bytes) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}


def _user(connection: Connection) -> int:
    with socket.socket(fileno=os.dup(connection.fileno())) as same:
        return peer_uid(same)


async def _send(connection: Connection, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[await connection.send(view) :]
