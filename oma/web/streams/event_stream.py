"""An answer that does not end: events for one browser, for as long as it may have them.

A slow reader waits for itself alone: what it missed is gone when it asks for the next, and its
source gives it a fresh snapshot instead of a queue.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import Protocol

import trio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from oma.model.state import AgentState
from oma.web.auth.login_sessions import LoginSession
from oma.web.presenter.subscribers import Subscribers

PULSE_S = 15.0
"""How often something is sent where there is nothing to tell."""


GOLDEN = 0.618034
"""Its multiples spread evenly between whole numbers, however many there are."""


class EventSource(Protocol):
    """Where a stream's events come from."""

    def reading(self) -> AbstractContextManager[None]:
        """Return what is entered while somebody reads."""

    async def next(self) -> bytes:
        """Wait until there is something to tell, and return it as frames; nothing is the end."""

    def pulse(self) -> bytes:
        """Return what shows that the stream still lives."""


class EventStream(Response):
    """Sends the events of a source until somebody leaves, is ended, or the server is.

    Args:
        source: Of this stream alone.
        subscribers: Everybody who has a stream.
        login: Who gets it.
        agent: The agent that it is about; `None` for all of them.
        pause_s: Tells how long it is at least from this sending to the next.
    """

    def __init__(
        self,
        source: EventSource,
        subscribers: Subscribers,
        login: LoginSession,
        agent: AgentState | None,
        pause_s: Callable[[], float],
    ) -> None:
        super().__init__(headers={"x-accel-buffering": "no"}, media_type="text/event-stream")
        del self.headers["content-length"]
        self._source = source
        self._subscribers = subscribers
        self._login = login
        self._agent = agent
        self._pause_s = pause_s

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Serve it.

        Raises:
            RequestError: There are too many streams.
        """
        subscribers, login = self._subscribers, self._login
        with subscribers.subscribe(login, self._agent), self._source.reading():
            async with trio.open_nursery() as nursery:
                for leaving in (login.ended.wait, subscribers.closing.wait, _gone(receive)):
                    nursery.start_soon(_cancel_after, leaving, nursery.cancel_scope)
                await send(
                    {
                        "type": "http.response.start",
                        "status": self.status_code,
                        "headers": self.raw_headers,
                    }
                )
                await self._tell(send)
                nursery.cancel_scope.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _tell(self, send: Send) -> None:
        next_s = trio.current_time()
        # Readers who all waited for the same line would be served in one go, for ever after.
        apart = len(self._subscribers.open) * GOLDEN % 1
        while True:
            with trio.move_on_after(PULSE_S) as patience:
                if next_s > trio.current_time():
                    await trio.sleep_until(next_s)
                data = await self._source.next()
            if patience.cancelled_caught:
                data = self._source.pulse()
            if not data:
                return
            next_s = trio.current_time() + self._pause_s() * (1 + apart)
            apart = 0.0
            await send({"type": "http.response.body", "body": data, "more_body": True})


async def _cancel_after(leaving: Callable[[], Awaitable[None]], scope: trio.CancelScope) -> None:
    await leaving()
    scope.cancel()


def _gone(receive: Receive) -> Callable[[], Awaitable[None]]:
    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    return gone
