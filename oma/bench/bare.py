"""The physical limit: reads the same control streams as `oma`, and does nothing but look for one text.

    python -m oma.bench.bare SOCKET

It attaches the same clients, waits with epoll, and prints each failure that comes by. No parser, no
log, no verdict: what this cannot see sooner, nothing on this stream can.
"""

import os
import select
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import trio

from oma.bench.marker import Marker, find
from oma.errors import OmaError
from oma.runtime.client.connection import connect
from oma.runtime.client.fd_limits import make_room
from oma.runtime.client.pane_list import list_panes
from oma.runtime.client.server_access import ServerAccess
from oma.runtime.client.server_finder import find_sessions, tmux_version
from oma.tmux.address import ServerAddress
from oma.tmux.capabilities import parse_version
from oma.tmux.commands.clients import PausePane, agent_client, quiet_client

_KEPT = 64
"""Bytes that are looked at again with what follows: a read may end within a failure's text."""


def main() -> None:
    """Read until the end of the input."""
    trio.run(_read_all, Path(sys.argv[1]))


async def _read_all(socket: Path) -> None:
    make_room()
    access = ServerAccess(socket, parse_version(await tmux_version()))
    sessions = await find_sessions(ServerAddress(socket_path=str(socket)))
    if not sessions:
        raise OmaError(f"there is no tmux server at {str(socket)!r}")
    access.server_pid = sessions[0].server_pid
    attaching = [quiet_client(sessions[0].session)]
    attaching += [agent_client(row.session) for row in sessions]
    panes = [row.pane for row in await list_panes(ServerAddress(socket_path=str(socket)))]
    async with AsyncExitStack() as clients:
        streams = []
        for attach in attaching:
            client = await clients.enter_async_context(connect(access, attach))
            # The server may die of a client that leaves while panes print to it.
            client.write_last([PausePane(pane) for pane in panes])
            streams.append(client.output_descriptor)
        _look(streams)  # nothing else runs in this process: the loop may well stand still


def _look(streams: list[int]) -> None:
    poll = select.epoll()
    for stream in (*streams, sys.stdin.fileno()):
        poll.register(stream, select.EPOLLIN)
    tails = dict.fromkeys(streams, b"")
    seen: set[Marker] = set()
    print("ready", flush=True)
    while True:
        for stream, _ in poll.poll():
            data = os.read(stream, 65536)
            if not data:
                return
            text = tails[stream] + data
            tails[stream] = text[-_KEPT:]
            if b"try" not in text:
                continue
            for marker in find(text.decode("ascii", errors="replace")):
                if marker not in seen:
                    seen.add(marker)
                    print(f"error: try {marker.number} at {marker.written_ns};", flush=True)


if __name__ == "__main__":
    main()
