"""How our control clients reach one server without harm.

They go through the relay (decision 0003), attach without a say in sizes, and keep a prompt of their own
open where the version of tmux needs that (decision 0007).
"""

from pathlib import Path

import attrs
import trio

from oma.runtime.client.read_turns import ReadTurns
from oma.tmux.address import ServerAddress
from oma.tmux.capabilities import Version, dies_of_programs_that_end, waits_for_prompts


@attrs.define
class ServerAccess:
    """What all of our clients of one server share."""

    socket: Path
    """The server's own."""
    version: Version
    """The server's, once that is known; that of our tmux before."""
    server_pid: int | None = None
    """Of the server, once that is known."""
    turns: ReadTurns | None = None
    """In which clients are read whose output may wait; `None` where all are read at once."""
    starting: trio.Lock = attrs.Factory(trio.Lock)
    """One comes in at a time: each start takes 2 ms of the loop, and uses up what it counts on."""

    @property
    def server(self) -> ServerAddress:
        """Its address."""
        return ServerAddress(socket_path=str(self.socket))

    @property
    def takes_no_prompt(self) -> bool:
        """They keep a prompt of their own open, so that nobody waits for one that is opened there."""
        return waits_for_prompts(self.version)

    @property
    def spares_remaining_panes(self) -> bool:
        """They get no output of panes that stay when their program ends."""
        return dies_of_programs_that_end(self.version)
