"""Hands messages to channels. Each has a task and a queue of its own: none delays or ends another one."""

import math
from collections.abc import Callable, Sequence

import attrs
import trio

from oma.errors import OmaError
from oma.notify.message import Message
from oma.runtime.clock import wall_time
from oma.runtime.notify.channel import PATIENCE_S, Channel
from oma.runtime.notify.notify_log import LogEntry, NotifyLog

_QUEUED = 100
"""Messages that wait for a channel; a thousand seconds of one that always hangs."""


_Queue = tuple[trio.MemorySendChannel[Message], trio.MemoryReceiveChannel[Message]]


@attrs.define
class Delivery:
    """Sends messages on all channels.

    Args:
        channels: Where to.
        log: Where it is noted how that went.
        complain: Told once that the log cannot be written.
    """

    channels: Sequence[Channel]
    log: NotifyLog
    complain: Callable[[str], None]
    _queues: dict[str, _Queue] = attrs.field(init=False)
    _entries: trio.MemorySendChannel[LogEntry] = attrs.field(init=False)
    _written: trio.MemoryReceiveChannel[LogEntry] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._queues = {
            channel.name: trio.open_memory_channel[Message](_QUEUED) for channel in self.channels
        }
        # One for each message that the queues let through.
        self._entries, self._written = trio.open_memory_channel[LogEntry](math.inf)

    async def run(self) -> None:
        """Send what comes, until cancelled."""
        async with trio.open_nursery() as nursery:
            for channel in self.channels:
                nursery.start_soon(self._send_all, channel, self._queues[channel.name][1])
            nursery.start_soon(self._write_log)

    def send(self, message: Message) -> None:
        """Have a message sent on every channel. Never blocks, never raises."""
        for channel in self.channels:
            try:
                self._queues[channel.name][0].send_nowait(message)
            except trio.WouldBlock:
                self._note(channel.name, message, "too many messages wait for it", ok=False)

    async def _send_all(
        self, channel: Channel, waiting: trio.MemoryReceiveChannel[Message]
    ) -> None:
        async for message in waiting:
            result, ok = await send_one(channel, message)
            self._note(channel.name, message, result, ok=ok)

    def _note(self, channel: str, message: Message, result: str, *, ok: bool) -> None:
        self._entries.send_nowait(
            LogEntry(wall_time(), channel, message.kind, message.title, ok, result)
        )

    async def _write_log(self) -> None:
        is_told = False
        async for entry in self._written:
            try:
                await trio.to_thread.run_sync(self.log.add, entry)
            except OmaError as failure:
                if not is_told:
                    self.complain(str(failure))
                is_told = True


async def send_one(channel: Channel, message: Message) -> tuple[str, bool]:
    """Send a message on one channel; return where it went, or why it did not, and which of both."""
    with trio.move_on_after(PATIENCE_S):
        try:
            return await channel.send(message), True
        except OmaError as failure:
            return str(failure), False
    return f"no answer within {PATIENCE_S:g} s", False
