"""Serves an application over TCP or a Unix socket; ends within a second, whoever is connected.

The only import site of hypercorn, which speaks HTTP and WebSocket here and nothing else: sockets
are ours. Its writes cannot be cancelled, so a connection whose peer does not read is closed under
it.
"""

import errno
import logging
import os
import socket
import ssl
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import attrs
import trio
from hypercorn.config import Config
from hypercorn.protocol import ws_stream
from hypercorn.protocol.h11 import H11Protocol
from hypercorn.trio.tcp_server import TCPServer
from hypercorn.trio.worker_context import WorkerContext
from hypercorn.typing import ConnectionState
from hypercorn.utils import wrap_app
from starlette.types import ASGIApp
from wsproto.extensions import Extension

from oma.errors import ConfigError
from oma.web.connection_limits import ConnectionLimits, LimitedConnection
from oma.web.timeout_stream import TimeoutListener, TimeoutStream

LEAVE_S = 0.5
"""How long connections may take to end once the streams have been told to."""

BACKLOG = 64

PING_S = 20.0
"""How often a WebSocket is asked whether it still lives."""

MESSAGE_BYTES = 64 * 1024
"""Of one message of a WebSocket."""

IDLE_S = 20.0
"""How long a connection may say nothing between two requests, and before the first."""


class _NoDeflate(Extension):
    """Nothing that a browser offers: compressing costs more than all else (docs/web.md)."""

    name = ""

    def offer(self) -> bool:
        """Offer nothing."""
        return False


ws_stream.PerMessageDeflate = _NoDeflate  # type: ignore[attr-defined, assignment]  # there is no option


async def _stay_with_http1(_protocol: H11Protocol, _request: object) -> None:
    """Take no offer of HTTP/2 without TLS: what stands before the server may not expect it."""


H11Protocol._check_protocol = _stay_with_http1  # type: ignore[assignment, method-assign]  # noqa: SLF001  # as above


@attrs.frozen
class Certificate:
    """What TLS needs: files in PEM."""

    certfile: Path
    keyfile: Path


def listen_tcp(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; port 0 takes any that is free.

    Raises:
        ConfigError: Nothing can listen there.
    """
    bare = host.strip("[]")
    try:
        family = socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((bare, port), family=family, backlog=BACKLOG)
    except OSError as failure:
        # That of `create_server` tells the address once more.
        why = (failure.strerror or "").partition(" (")[0].lower()
        if failure.errno == errno.EADDRINUSE:
            why += "; choose another port, 0 takes any that is free"
        raise ConfigError(f"cannot listen on {host}:{port}: {why}") from None


def listen_unix(path: Path) -> socket.socket:
    """Return a socket that listens at a path, for this user alone; a dead one is replaced.

    Raises:
        ConfigError: Nothing can listen there.
    """
    if path.is_socket():
        _remove_dead(path)
    own = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        old = os.umask(0o177)
        try:
            own.bind(str(path))
        finally:
            os.umask(old)
        own.listen(BACKLOG)
    except OSError as failure:
        own.close()
        message = f"cannot listen at {path}: {(failure.strerror or str(failure)).lower()}"
        raise ConfigError(message) from None
    return own


@attrs.define
class Server:
    """Serves one application on one socket.

    Args:
        app: The application.
        listening: The socket.
        certificate: For TLS.

    Raises:
        ConfigError: The certificate cannot be read.
    """

    app: ASGIApp
    listening: socket.socket
    certificate: Certificate | None = None
    _limits: ConnectionLimits = attrs.Factory(ConnectionLimits)
    _streams: dict[LimitedConnection, trio.abc.Stream] = attrs.Factory(dict)
    _left: trio.Event = attrs.Factory(trio.Event)
    """Set when the last stream has ended."""
    _tls: ssl.SSLContext | None = attrs.field(init=False)

    @_tls.default
    def _read_certificate(self) -> ssl.SSLContext | None:
        return None if self.certificate is None else _context(self.certificate)

    async def run(self, closing: trio.Event) -> None:
        """Serve until `closing` is set; then give every connection a moment, and close it."""
        config = self._config()
        context = WorkerContext(None)
        app = wrap_app(self.app, 0, "asgi")  # type: ignore[arg-type]  # its own types, as ours

        async def serve(stream: trio.abc.Stream) -> None:
            connection = _connection_of(stream)
            closed = self._limits.admit(connection)
            self._streams[connection] = stream
            try:
                if closed is not None:
                    await trio.aclose_forcefully(self._streams[closed])
                if closed is not connection:
                    await TCPServer(app, config, context, ConnectionState({}), stream)  # type: ignore[arg-type]  # says SSL, takes both
            finally:
                self._limits.leave(connection)
                del self._streams[connection]
                if not self._streams:
                    self._left.set()

        async with trio.open_nursery() as connections:
            try:
                await self._open(serve, connections, closing)
                await context.terminated.set()
                with trio.move_on_after(LEAVE_S):
                    while self._streams:
                        self._left = trio.Event()
                        await self._left.wait()
            finally:
                with trio.CancelScope(shield=True):
                    for stream in list(self._streams.values()):
                        await trio.aclose_forcefully(stream)
                connections.cancel_scope.cancel()

    async def _open(
        self,
        serve: Callable[[trio.abc.Stream], Awaitable[None]],
        connections: trio.Nursery,
        closing: trio.Event,
    ) -> None:
        listener = self._listener()
        async with trio.open_nursery() as listeners:
            listeners.start_soon(
                partial(trio.serve_listeners, serve, [listener], handler_nursery=connections)
            )
            await closing.wait()
            listeners.cancel_scope.cancel()

    def _listener(self) -> trio.abc.Listener[trio.abc.Stream]:
        plain = TimeoutListener(
            trio.SocketListener(trio.socket.from_stdlib_socket(self.listening))
        )
        if self._tls is None:
            return plain
        return trio.SSLListener(plain, self._tls, https_compatible=True)

    def _config(self) -> Config:
        config = Config()
        config.errorlog = logging.getLogger("oma.web")
        config.include_server_header = False
        config.keep_alive_timeout = IDLE_S
        config.ssl_handshake_timeout = IDLE_S
        config.websocket_max_message_size = MESSAGE_BYTES
        config.websocket_ping_interval = PING_S
        return config


def _connection_of(stream: trio.abc.Stream) -> LimitedConnection:
    plain = stream.transport_stream if isinstance(stream, trio.SSLStream) else stream
    assert isinstance(plain, TimeoutStream)
    return plain.connection


def _context(certificate: Certificate) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(certificate.certfile, certificate.keyfile)
    except OSError as failure:
        files = f"{certificate.certfile}, {certificate.keyfile}"
        message = f"--certfile, --keyfile: {files}: {(failure.strerror or str(failure)).lower()}"
        raise ConfigError(message) from None
    return context


def _remove_dead(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
            return
    raise ConfigError(f"cannot listen at {path}: somebody does already")
