"""A page's WebSocket on an agent's terminal, and what its terminal shows."""

import json
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import attrs
import h11
import trio
from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.extensions import PerMessageDeflate

from oma.screen.emulator import Screen
from tests.support.patience import PATIENCE_S


def _place(address: str) -> tuple[str, int]:
    where = urlsplit(address)
    assert where.hostname is not None
    assert where.port is not None
    return where.hostname, where.port


@attrs.define
class Page:
    """A tab that has logged in."""

    origin: str
    cookie: str
    secret: str

    @asynccontextmanager
    async def terminal(self, agent: str, **options: Any) -> AsyncIterator["Terminal"]:
        """Open an agent's terminal until the block ends."""
        stream = await trio.open_tcp_stream(*_place(self.origin))
        opened = Terminal(stream, self)
        try:
            with trio.fail_after(PATIENCE_S):
                await opened.open(f"/ws/terminal/{agent}", **options)
            yield opened
        finally:
            await trio.aclose_forcefully(stream)

    async def get(self, path: str) -> Any:
        status, _, body = await ask(self.origin, "GET", path, {"cookie": self.cookie})
        assert status == 200, body
        return json.loads(body)


async def log_in(address: str) -> Page:
    """Use the address that `oma web` prints."""
    where = urlsplit(address)
    origin = f"{where.scheme}://{where.netloc}"
    return await _log_in(origin, {"code": where.query.partition("code=")[2]})


async def log_in_with(origin: str, token: str) -> Page:
    """Use a token."""
    return await _log_in(origin, {"token": token})


async def _log_in(origin: str, key: Mapping[str, str]) -> Page:
    status, headers, body = await ask(origin, "POST", "/api/login", {"origin": origin}, key)
    assert status == 200, body
    cookie = headers["set-cookie"].partition(";")[0]
    return Page(origin, cookie, json.loads(body)["secret"])


async def ask(
    origin: str,
    method: str,
    path: str,
    headers: Mapping[str, str] | None = None,
    body: object = None,
) -> tuple[int, dict[str, str], bytes]:
    """Ask for something and return status, headers and body."""
    where = urlsplit(origin)
    data = b"" if body is None else json.dumps(body).encode()
    given = {"host": where.netloc, "content-length": str(len(data)), "connection": "close"}
    given |= {"content-type": "application/json"} | dict(headers or {})
    http = h11.Connection(h11.CLIENT)
    async with await trio.open_tcp_stream(*_place(origin)) as stream:
        request = h11.Request(method=method, target=path, headers=list(given.items()))
        await stream.send_all(http.send(request) + http.send(h11.Data(data)))
        status, found, answer = 0, {}, b""
        while True:
            event = http.next_event()
            if event is h11.NEED_DATA:
                http.receive_data(await stream.receive_some())
            elif isinstance(event, h11.Response):
                status = event.status_code
                found = {key.decode(): value.decode() for key, value in event.headers}
            elif isinstance(event, h11.Data):
                answer += bytes(event.data)
            else:
                return status, found, answer


@attrs.define(eq=False)
class Terminal:
    """A terminal in a page: an emulator fed with what came, and the messages beside that."""

    stream: trio.SocketStream
    page: Page
    messages: list[dict[str, Any]] = attrs.Factory(list)
    output: bytes = b""
    """Since the latest snapshot."""
    screen: Screen | None = None
    closed: int | None = None
    accepted: AcceptConnection | None = None
    _socket: WSConnection = attrs.Factory(lambda: WSConnection(ConnectionType.CLIENT))
    _text: str = ""
    _data: bytes = b""

    async def open(
        self,
        path: str,
        protocols: list[str] | None = None,
        origin: str | None = None,
        deflate: bool = True,
    ) -> None:
        request = Request(
            host=urlsplit(self.page.origin).netloc,
            target=path,
            subprotocols=protocols or ["oma.v1", f"secret.{self.page.secret}"],
            extensions=[PerMessageDeflate()] if deflate else [],
            extra_headers=[
                (b"cookie", self.page.cookie.encode()),
                (b"origin", (origin or self.page.origin).encode()),
            ],
        )
        await self.stream.send_all(self._socket.send(request))
        while self.accepted is None and self.closed is None:
            await self._receive()

    async def send(self, kind: str, **facts: object) -> None:
        await self.send_raw(json.dumps({"type": kind, **facts}))

    async def send_raw(self, text: str) -> None:
        await self.stream.send_all(self._socket.send(TextMessage(text)))

    async def keys(self, data: bytes) -> None:
        await self.send("keys", hex=data.hex())

    async def control(self) -> None:
        await self.send("take")
        await self.message("control", mine=True)

    async def message(self, kind: str, **facts: object) -> dict[str, Any]:
        """Wait for a message that was not returned before, and return it."""
        wanted = {"type": kind, **facts}
        with trio.fail_after(PATIENCE_S):
            while True:
                for index, found in enumerate(self.messages):
                    if wanted.items() <= found.items():
                        del self.messages[: index + 1]
                        return found
                assert self.closed is None, (wanted, self.messages, self.closed)
                await self._receive()

    async def until(self, fits: Callable[["Terminal"], object]) -> None:
        """Receive until `fits` holds for this terminal."""
        with trio.fail_after(PATIENCE_S):
            while not fits(self):
                assert self.closed is None, (self.messages, self.closed, self.output[-500:])
                await self._receive()

    async def shows(self, text: str) -> None:
        """Receive until a row shows a text."""
        await self.until(lambda t: t.screen is not None and any(text in x for x in t.lines))

    async def until_closed(self) -> int:
        with trio.fail_after(PATIENCE_S):
            while self.closed is None:
                await self._receive()
        return self.closed

    @property
    def lines(self) -> tuple[str, ...]:
        assert self.screen is not None
        return self.screen.lines()

    async def _receive(self) -> None:
        data = await self.stream.receive_some(65536)
        self._socket.receive_data(data or None)
        for event in self._socket.events():
            await self._take(event)
        if not data and self.closed is None:
            self.closed = 1006

    async def _take(self, event: object) -> None:
        if isinstance(event, TextMessage | BytesMessage):
            self._part(event)
        elif isinstance(event, Ping):
            await self.stream.send_all(self._socket.send(event.response()))
        elif isinstance(event, AcceptConnection):
            self.accepted = event
        elif isinstance(event, RejectConnection):
            self.closed = event.status_code
        elif isinstance(event, CloseConnection):
            self.closed = event.code

    def _part(self, event: TextMessage | BytesMessage) -> None:
        if isinstance(event, TextMessage):
            self._text += event.data
            if event.message_finished:
                self._told(json.loads(self._text))
                self._text = ""
        else:
            self._data += event.data
            if event.message_finished:
                self._shown(self._data)
                self._data = b""

    def _told(self, message: dict[str, Any]) -> None:
        self.messages.append(message)
        match message:
            case {"type": "hello" | "size", "columns": columns, "rows": rows}:
                self.screen = Screen(columns, rows)
            case {"type": "snapshot"}:
                assert self.screen is not None
                self.screen = Screen(self.screen.columns, self.screen.rows)
                self.output = b""
            case _:
                pass

    def _shown(self, data: bytes) -> None:
        assert self.screen is not None
        self.screen.feed(data)
        self.output += data


def address_in(lines: Sequence[str]) -> str | None:
    """Return the login address among the lines that `oma web` prints, or `None`."""
    found = re.search(r"http://\S+/login\?code=\S+", "\n".join(lines))
    return found and found[0]
