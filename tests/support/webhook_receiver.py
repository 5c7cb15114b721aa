"""A webhook on loopback: takes POSTs and keeps them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import attrs
import trio

from tests.support.patience import PATIENCE_S


@attrs.define
class WebhookReceiver:
    """What came, and where it is to be sent."""

    url: str
    status: int = 204
    requests: list[tuple[bytes, dict[str, Any], float]] = attrs.Factory(list)
    """Head, JSON, and the time of the event loop."""
    _news: trio.Event = attrs.Factory(trio.Event)

    async def take(self, stream: trio.SocketStream) -> None:
        """Serve one connection."""
        data = b""
        async for part in stream:
            data += part
            head, end, body = data.partition(b"\r\n\r\n")
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            if not end or len(body) < int(length):
                continue
            self.requests.append((head, json.loads(body), trio.current_time()))
            self._news.set()
            self._news = trio.Event()
            await stream.send_all(
                f"HTTP/1.1 {self.status} x\r\ncontent-length: 0\r\n\r\n".encode()
            )
            data = b""

    async def received(self, count: int) -> list[dict[str, Any]]:
        """Wait for so many requests, and return the JSON of all there are."""
        with trio.fail_after(PATIENCE_S):
            while len(self.requests) < count:
                await self._news.wait()
        return [content for _, content, _ in self.requests]


@asynccontextmanager
async def webhook_receiver() -> AsyncIterator[WebhookReceiver]:
    """Listen on a port of the kernel's choice until the block ends."""
    listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = listeners[0].socket.getsockname()[1]
    receiver = WebhookReceiver(f"http://127.0.0.1:{port}/hook")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.serve_listeners, receiver.take, listeners)
        yield receiver
        nursery.cancel_scope.cancel()
