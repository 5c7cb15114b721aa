"""Pages on the terminals of a web app without a server."""

import json
from contextlib import asynccontextmanager

import attrs
import trio

from oma.web.api.event_schema import TerminalMessage
from oma.web.terminal.terminals import Terminals
from tests.support.fake_web import check_shape, scope_of
from tests.unit.web.terminal.test_input_queue import NotingKeyboards


@attrs.define
class PastLines:
    """What panes kept: the same of each."""

    captured: str = ""
    fails: Exception | None = None

    async def read(self, pane, most_lines):
        if self.fails is not None:
            raise self.fails
        return self.captured


def terminals_of(web):
    """Give the web app terminals, and keyboards that note what is typed."""
    web.control.terminals = Terminals(
        web.store, web.subscribers, NotingKeyboards(), PastLines(), 64, 8
    )
    return web.control.terminals


@attrs.define
class Page:
    """A WebSocket as an application sees it, from the other side."""

    sent: list = attrs.Factory(list)
    _given: tuple = attrs.Factory(lambda: trio.open_memory_channel(100))
    _news: trio.Event = attrs.Factory(trio.Event)

    async def receive(self):
        return await self._given[1].receive()

    async def send(self, message):
        await trio.lowlevel.checkpoint()
        if message.get("text"):
            check_shape(TerminalMessage, json.loads(message["text"]))
        self.sent.append(message)
        self._news.set()
        self._news = trio.Event()

    def asks(self, kind, **facts):
        message = {"type": "websocket.receive", "text": json.dumps({"type": kind, **facts})}
        self._given[0].send_nowait(message)

    def sends_bytes(self, data):
        message = {"type": "websocket.receive", "text": None, "bytes": data}
        self._given[0].send_nowait(message)

    def leaves(self):
        self._given[0].send_nowait({"type": "websocket.disconnect", "code": 1001})

    async def told(self, kind):
        """Wait for a message of this kind that was not returned before."""
        with trio.fail_after(600):
            while True:
                for index, message in enumerate(self.sent):
                    text = message.get("text")
                    if text and (found := json.loads(text))["type"] == kind:
                        del self.sent[: index + 1]
                        return found
                await self._news.wait()

    async def closed(self):
        """Wait for the end and return its code."""
        with trio.fail_after(600):
            while self.sent[-1:] == [] or self.sent[-1]["type"] != "websocket.close":
                await self._news.wait()
        return self.sent[-1]["code"]


@asynccontextmanager
async def page(web, headers, agent="1", protocols=("oma.v1",)):
    """Open a terminal in a page until the block ends."""
    opened = Page()
    given = {key: headers[key] for key in ("cookie", "origin")}
    scope = scope_of("GET", f"/ws/terminal/{agent}", given)
    offered = [*protocols, f"secret.{headers['x-oma-secret']}"]
    scope |= {"type": "websocket", "scheme": "ws", "subprotocols": offered}
    opened._given[0].send_nowait({"type": "websocket.connect"})
    async with trio.open_nursery() as nursery:
        nursery.start_soon(web.app, scope, opened.receive, opened.send)
        yield opened
        nursery.cancel_scope.cancel()
