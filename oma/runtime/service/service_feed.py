"""A store that is fed by the service, as one is fed by a file: a reader of its log."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import attrs
import trio

from oma.errors import OmaError, RecordingError
from oma.model.events import MonitorStopped, Record, Unknown
from oma.model.standing import AgentsStand
from oma.recording.files import MAX_LINE_BYTES
from oma.recording.recording_format import Header, decode_header, decode_record
from oma.runtime.client.line_buffer import BoundedLineBuffer, LongLineError
from oma.runtime.service.protocol import CLIENTS_CHANGED, LOG, RESYNC, SILENT_S, request
from oma.runtime.service.service_address import ServiceAddress
from oma.store.store import Store

HANGS = "it does not answer"
"""Why a service that still has its socket is followed no more."""

_READ_BYTES = 1 << 18


class NoServiceError(OmaError):
    """There is no service that answers."""


class ServiceRefusedError(OmaError):
    """The service does not serve this reader; the text says why."""


@attrs.define
class ServiceFeed:
    """A connection to the service; `connect` makes one.

    Args:
        connection: The socket.
        lines: What has come of a line.
        waiting: Lines that came with the header.
        header: Of the log that comes.
    """

    connection: trio.socket.SocketType
    lines: BoundedLineBuffer
    waiting: list[bytes]
    header: Header
    standing: trio.Event = attrs.Factory(trio.Event)
    """Set when the store knows how things stood when this connection was made."""

    @classmethod
    async def connect(
        cls, address: ServiceAddress, key: str, *, settled: bool | str = False
    ) -> Self:
        """Return a connection on which the log comes.

        Args:
            address: Of the service.
            key: What would be watched.
            settled: A service that has only begun to watch refuses; with `NOW` one that has not settled, too.

        Raises:
            NoServiceError: There is none, or it does not answer.
            ServiceRefusedError: It watches something else, or is of another version.
        """
        if not address.socket.exists():  # who watches by itself asks every two seconds
            raise NoServiceError(f"no service at {address.socket}")
        connection = trio.socket.socket(trio.socket.AF_UNIX, trio.socket.SOCK_STREAM)
        try:
            with trio.fail_after(SILENT_S):
                await connection.connect(os.fspath(address.socket))
                await connection.send(request(LOG, key, settled=settled))
                lines, found = BoundedLineBuffer(MAX_LINE_BYTES), list[bytes]()
                while not found:
                    found = lines.feed(await _received(connection))
            return cls(connection, lines, found[1:], _header(found[0]))
        except (OSError, EOFError, LongLineError, trio.TooSlowError) as failure:
            connection.close()
            raise NoServiceError(f"no service answers at {address.socket}") from failure
        except BaseException:
            connection.close()
            raise

    def resync(self) -> None:
        """Have the service ask tmux for everything again. Never blocks."""
        with suppress(OSError):
            os.write(self.connection.fileno(), request(RESYNC))

    async def follow(self, store: Store, clients_changed: Callable[[], None]) -> str:
        """Feed a store until the service ends; return why it ended.

        Args:
            store: Gets every record, behind what it has; the times of the log are those of its clock.
            clients_changed: Called when some client has left the tmux server or shows another session.
        """
        offset_s = max(store.t, round(store.clock(), 6))
        try:
            with self.connection:
                while True:
                    for line in self.waiting:
                        if line:
                            self._take(decode_record(line), offset_s, store, clients_changed)
                    with trio.fail_after(SILENT_S):
                        self.waiting = self.lines.feed(await _received(self.connection))
        except trio.TooSlowError:
            return HANGS
        except (OSError, EOFError):
            return "it has ended"
        except (RecordingError, LongLineError) as damage:
            return f"what it says cannot be read: {damage}"

    def _take(
        self, record: Record, offset_s: float, store: Store, clients_changed: Callable[[], None]
    ) -> None:
        event = record.event
        if isinstance(event, Unknown) and event.tag == CLIENTS_CHANGED:
            clients_changed()
        elif not isinstance(event, MonitorStopped):  # the log of this reader goes on
            t = max(store.t, round(offset_s + record.t, 6))
            store.restore(Record(store.seq + 1, t, event))
            if isinstance(event, AgentsStand):
                self.standing.set()


async def _received(connection: trio.socket.SocketType) -> bytes:
    data = await connection.recv(_READ_BYTES)
    if not data:
        raise EOFError
    return data


def _header(line: bytes) -> Header:
    """Return the header that the service began with.

    Raises:
        ServiceRefusedError: It refused in place of that.
        NoServiceError: It is none.
    """
    try:
        return decode_header(line, "the service")
    except RecordingError as wrong:
        refused = _refusal(line)
        if refused is not None:
            raise ServiceRefusedError(refused) from None
        raise NoServiceError(str(wrong)) from None


def _refusal(line: bytes) -> str | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    words = told.get("refused") if isinstance(told, dict) else None
    return str(words) if words is not None else None
