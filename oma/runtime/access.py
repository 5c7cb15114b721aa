"""How our control clients get to one server without harm."""

from pathlib import Path

import attrs
import trio

from oma.tmux.capabilities import Version, bars_others_when_read_only


@attrs.define
class Access:
    """What all of our clients of one server share."""

    socket: Path
    """The server's own."""
    read_only: bool
    """They ask tmux to refuse those of their own commands that would change anything."""
    server_pid: int | None = None
    """Of the server, once that is known."""
    starting: trio.Lock = attrs.Factory(trio.Lock)
    """One comes in at a time: each start takes 2 ms of the loop, and uses up what it counts on."""


def access_to(socket: Path, version: Version) -> Access:
    """Return the access to the server at `socket`, of this version."""
    return Access(socket, read_only=not bars_others_when_read_only(version))
