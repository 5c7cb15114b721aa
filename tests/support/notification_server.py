"""A session bus of its own with a notification server on it, as a desktop has one."""

import shutil
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import attrs
import jeepney
import pytest
import trio
from jeepney.io.trio import DBusConnection, open_dbus_connection

from tests.support.patience import PATIENCE_S

NAME = "org.freedesktop.Notifications"


@attrs.define
class NotificationServer:
    """What it was asked to show."""

    bus: str
    capabilities: Sequence[str]
    shown: list[tuple[Any, ...]] = attrs.Factory(list)
    """The arguments of each call."""
    _news: trio.Event = attrs.Factory(trio.Event)

    async def answer(self, connection: DBusConnection) -> None:
        """Answer calls, until cancelled."""
        while True:
            call = await connection.receive()
            if call.header.message_type is not jeepney.MessageType.method_call:
                continue
            if call.header.fields[jeepney.HeaderFields.member] == "GetCapabilities":
                reply = jeepney.new_method_return(call, "as", (list(self.capabilities),))
            else:
                self.shown.append(call.body)
                self._news.set()
                self._news = trio.Event()
                reply = jeepney.new_method_return(call, "u", (len(self.shown),))
            await connection.send(reply)

    async def showed(self, count: int) -> list[tuple[str, str]]:
        """Wait for so many notifications, and return title and body of each."""
        with trio.fail_after(PATIENCE_S):
            while len(self.shown) < count:
                await self._news.wait()
        return [(call[3], call[4]) for call in self.shown]


@asynccontextmanager
async def notification_server(capabilities: Sequence[str]) -> AsyncIterator[NotificationServer]:
    """Run a bus and the server until the block ends; skip where there is no `dbus-run-session`."""
    if shutil.which("dbus-run-session") is None:
        pytest.skip("there is no dbus-run-session")
    words = ("dbus-run-session", "--", "sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat')
    process = await trio.lowlevel.open_process(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        data = b""
        with trio.fail_after(PATIENCE_S):
            while not data.endswith(b"\n"):
                part = await process.stdout.receive_some()
                assert part, "dbus-run-session ended"
                data += part
        server = NotificationServer(data.decode().strip(), capabilities)
        connection = await open_dbus_connection(bus=server.bus)
        async with connection, trio.open_nursery() as nursery:
            await _take_name(connection)
            nursery.start_soon(server.answer, connection)
            yield server
            nursery.cancel_scope.cancel()
    finally:
        with trio.CancelScope(shield=True):
            await process.stdin.aclose()
            await process.wait()
            await process.stdout.aclose()


async def _take_name(connection: DBusConnection) -> None:
    call = jeepney.message_bus.RequestName(NAME)
    await connection.send(call)
    while True:
        reply = await connection.receive()
        if reply.header.message_type is jeepney.MessageType.method_return and reply.body == (1,):
            return
