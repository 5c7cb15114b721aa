"""An agent that a user started from a shell: it is ended and started again, and the shell stays."""

import os
import signal
from collections.abc import Sequence
from contextlib import suppress

import attrs
import trio

from oma.detection.shells import is_interactive
from oma.errors import CommandError
from oma.runtime.agents.input_writer import PaneInput
from oma.runtime.process_tree import command_line, foreground_of
from oma.tmux.pane_input import INTERRUPT

ASK_EVERY_S = 0.1
"""How often it is looked whether it has ended, while the user waits for that."""


@attrs.frozen
class ShellAgent:
    """What runs in the foreground of a pane, below the shell that the pane was made with.

    Args:
        into: The input of the pane.
        shell: The process of the pane: the shell, or what the shell runs in.
    """

    into: PaneInput
    shell: int

    async def processes(self) -> tuple[int, ...]:
        """Return the processes of the agent; none where the shell waits for commands."""
        shown, _ = await trio.to_thread.run_sync(foreground_of, self.shell)
        first = command_line(shown[0]) if shown else ()
        return () if is_interactive(first) else tuple(shown)

    async def stop(self, patience_s: float) -> bool:
        """Ask it to end, with Ctrl-C and then SIGTERM; kill it at last.

        Returns:
            Whether it ended because it was asked.

        Raises:
            CommandError: tmux refused, or the pane takes no input.
        """
        for _ in range(2):  # agents ask for a second Ctrl-C before they leave
            if not await self.processes():
                return True
            await self.into.put(INTERRUPT)
            if await self._ended_within(patience_s / 4):
                return True
        _signal(await self.processes(), signal.SIGTERM)
        if await self._ended_within(patience_s / 2):
            return True
        await self.kill()
        return False

    async def kill(self) -> None:
        """End it at once."""
        _signal(await self.processes(), signal.SIGKILL)

    async def start(self, line: str) -> None:
        """Have the shell run a command line.

        Raises:
            CommandError: Something else runs there, or the pane takes no input.
        """
        if await self.processes():
            raise CommandError("something else runs in its pane: nothing was typed")
        await self.into.put(f"{line}\r".encode())

    async def _ended_within(self, patience_s: float) -> bool:
        with trio.move_on_after(patience_s):
            while True:
                if not await self.processes():
                    return True
                await trio.sleep(ASK_EVERY_S)
        return False


def is_below_shell(pid: int) -> bool:
    """Say whether a shell that reads what a user types runs in the pane of a process. Blocks."""
    shown, waiting = foreground_of(pid)
    return any(is_interactive(command_line(each)) for each in (*waiting, *shown[:1]))


def _signal(processes: Sequence[int], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError, PermissionError):  # gone, or its parent takes it along
            os.kill(process, number)
