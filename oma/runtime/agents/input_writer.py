"""Puts bytes into the input of one pane, by one tmux process for each piece."""

import itertools
import os

import attrs

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.commands.keys import DeleteBuffer
from oma.tmux.pane_input import Closed, put

_BUFFERS = itertools.count(1)

_WORDS = {
    Closed.DEAD: "its program has ended",
    Closed.INPUT_OFF: "its pane takes no input ('select-pane -e' lets it)",
}


@attrs.frozen
class PaneInput:
    """The input of one pane; of that one alone, whatever mode the pane is in.

    Args:
        tmux: To the server of the pane.
        pane: Which.
        raw: As that of `put`.
    """

    tmux: TmuxClient
    pane: PaneId
    raw: bool

    async def put(self, data: bytes, *, bracketed: bool = False) -> None:
        """Put bytes into it, after all that was put there before.

        Raises:
            CommandError: tmux refused, or the pane takes no input: nothing was put there.
        """
        buffer = new_buffer()
        command = put(self.pane, buffer, bracketed=bracketed, raw=self.raw)
        answer = await self.tmux.ask(command, given=data)
        if answer.status != 0:
            await self.tmux.ask(DeleteBuffer(buffer))
        check_open(answer.check("to type").strip())


def new_buffer() -> str:
    """Return the name of a paste buffer that nobody else uses; letters, digits and `-`."""
    return f"oma-{os.getpid()}-{next(_BUFFERS)}"


def check_open(said: str) -> None:
    """Raise where tmux said why a pane takes no input.

    Args:
        said: What the commands of `oma.tmux.pane_input` printed; empty where all went well.

    Raises:
        CommandError: Nothing was put there.
    """
    if said:
        words = _WORDS[Closed(said)] if said in set(Closed) else said
        raise CommandError(f"nothing was typed: {words}")
