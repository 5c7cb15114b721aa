"""Stands between one control client and the server, so that neither can be harmed by the moment.

The client connects to a socket of ours, and we to the server. Its handshake is passed on in an
order that no version of the server dies of (`oma.tmux.handshake`). And when `oma` is killed,
the server's end closes with it: the server forgets the client at once, where it would otherwise
keep one for ever whose output nobody reads (tmux issue 5444, up to 3.7). What panes print does not
pass here: tmux writes that into the client's own pipe.
"""

import array
import os
import socket as sockets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from itertools import count
from pathlib import Path

import attrs
import trio
import trio.socket

from oma.runtime.client.runtime_directory import lives, runtime_directory
from oma.tmux.handshake import Handshake, HandshakePart

_NAME = "client-"
_NUMBERS = count(1)
_READ_BYTES = 65536
_DESCRIPTORS = 16
"""More than one message carries; what one read brings at the most."""

_Socket = trio.socket.SocketType


@attrs.define
class Relay:
    """The socket that one client is to connect to."""

    path: str
    _listener: _Socket
    _client: _Socket | None = None
    _server: _Socket | None = None

    async def forward_handshake(self, target: Path) -> None:
        """Wait for the client and introduce it to the server at `target`.

        A client that does not come, or a server that is not there, leaves the client without an
        answer: it ends, and says so itself.
        """
        client, _ = await self._listener.accept()
        self._client = client
        self.hide()
        server = trio.socket.socket(sockets.AF_UNIX, sockets.SOCK_STREAM)
        self._server = server
        try:
            await server.connect(str(target))
            handshake = Handshake()
            while not handshake.complete:
                data, descriptors = await _receive(client)
                if not data:
                    break
                handshake.feed(data, descriptors)
            for piece in handshake.pieces():
                await _send(server, piece)
        except OSError:
            self.close()
            return
        # Runs as long as both ends talk, whatever the caller is doing, and ends by itself.
        trio.lowlevel.spawn_system_task(self._run)

    def hide(self) -> None:
        """Take the socket away: nobody else is to come, and nothing is left if we are killed."""
        self._listener.close()
        Path(self.path).unlink(missing_ok=True)

    def close(self) -> None:
        """Hang up on both, whether they came yet or not; each then ends on its own."""
        self.hide()
        for end in (self._client, self._server):
            if end is not None:
                end.close()

    async def _run(self) -> None:
        client, server = self._client, self._server
        if client is None or server is None:
            return
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_pass_on, client, server)
                await _pass_on(server, client)
                nursery.cancel_scope.cancel()
        finally:
            self.close()


@asynccontextmanager
async def open_relay() -> AsyncIterator[Relay]:
    """Listen on a private socket for one client; both ends are hung up on when the block ends.

    Raises:
        OmaError: There is no private place for the socket.
    """
    place = runtime_directory(os.environ)  # made anew: it goes when its user has logged out
    _sweep(place)
    path = place / f"{_NAME}{os.getpid()}-{next(_NUMBERS)}"
    listener = trio.socket.socket(sockets.AF_UNIX, sockets.SOCK_STREAM)
    relay = Relay(str(path), listener)
    try:
        await listener.bind(str(path))
        listener.listen(1)
        yield relay
    finally:
        relay.close()


@cache
def _sweep(place: Path) -> None:
    """Remove the sockets of an `oma` that was killed as it began."""
    for path in place.glob(f"{_NAME}*"):
        pid = path.name.removeprefix(_NAME).split("-")[0]
        if pid.isdigit() and not lives(int(pid)):
            path.unlink(missing_ok=True)


async def _pass_on(source: _Socket, sink: _Socket) -> None:
    try:
        while True:
            data, descriptors = await _receive(source)
            if not data:
                sink.shutdown(sockets.SHUT_WR)
                return
            await _send(sink, HandshakePart(data, descriptors[0] if descriptors else None))
    except (OSError, trio.ClosedResourceError):
        return  # one of them is gone; closing the other tells it


async def _receive(source: _Socket) -> tuple[bytes, list[int]]:
    room = sockets.CMSG_SPACE(_DESCRIPTORS * array.array("i").itemsize)
    data, ancillary, _, _ = await source.recvmsg(_READ_BYTES, room)
    found = array.array("i")
    for level, kind, content in ancillary:
        if level == sockets.SOL_SOCKET and kind == sockets.SCM_RIGHTS:
            found.frombytes(content[: len(content) - len(content) % found.itemsize])
    return data, list(found)


async def _send(sink: _Socket, piece: HandshakePart) -> None:
    data, descriptor = piece.data, piece.descriptor
    ancillary = []
    if descriptor is not None:
        rights = array.array("i", [descriptor])
        ancillary = [(sockets.SOL_SOCKET, sockets.SCM_RIGHTS, rights)]
    try:
        sent = await sink.sendmsg([data], ancillary)
        while sent < len(data):
            sent += await sink.send(data[sent:])
    finally:
        if descriptor is not None:
            os.close(descriptor)
