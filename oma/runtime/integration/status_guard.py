"""Takes away what the status line shows where this process is killed, and cannot do it itself.

A shell waits for the end of a pipe that we hold: it costs nothing meanwhile, and the kernel tells it of our
end, however that comes.
"""

import os
import subprocess  # noqa: TID251  # for its constants only
from contextlib import suppress

import attrs
import trio

from oma.runtime.client.tmux_binary import with_tmux_binary
from oma.tmux.address import TMUX, ServerAddress
from oma.tmux.status_segment import STATUS_OPTION, WINDOW_OPTION

_SCRIPT = f"""
read -r dismissed && exit
"$@" set-option -gqu {STATUS_OPTION}
"$@" list-windows -a -F '#{{window_id}} #{{{WINDOW_OPTION}}}' | while read -r window mark; do
    [ -z "$mark" ] || "$@" set-option -wqu -t "$window" {WINDOW_OPTION}
done
"""
"""Its arguments are the words that run tmux."""


@attrs.frozen
class StatusGuard:
    """The shell that waits; `start` makes one."""

    process: trio.Process

    @classmethod
    async def start(cls, server: ServerAddress) -> "StatusGuard":
        """Guard what is shown on a server.

        Raises:
            OSError: There is no shell.
            OmaError: It is not known which tmux to run.
        """
        tmux = with_tmux_binary([TMUX, *server.argv()], os.environ)
        process = await trio.lowlevel.open_process(
            ["sh", "-c", _SCRIPT, "oma", *tmux],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C in our terminal is not for it
        )
        return cls(process)

    async def dismiss(self) -> None:
        """Have it do nothing: what is shown was taken away, or is to stay."""
        waits = self.process.stdin
        if waits is not None:
            with suppress(trio.BrokenResourceError, trio.ClosedResourceError):
                await waits.send_all(b"\n")
            await waits.aclose()
        await self.process.wait()
