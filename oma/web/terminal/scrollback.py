"""What has scrolled away in a pane, as output that a new terminal keeps above its screen."""

import re
from collections.abc import Callable
from typing import Protocol

import trio

from oma.model.ids import PaneId
from oma.model.printable import printable
from oma.web.terminal.browser_filter import BrowserFilter

MOST_LINES = 5000
"""As many as the page keeps."""

MOST_BYTES = 2 << 20

QUIET_S = 0.03
"""A pane that printed nothing for so long around a look has nothing on its way to us."""

_LOOK = re.compile(r"\x1b\[[0-9;:]*m")

TRIES = 8
"""A pane that never rests is shown all the same: some of its lines may come twice, or be left out."""


class ScrollbackSource(Protocol):
    """Reads what panes keep of what they printed."""

    async def read(self, pane: PaneId, most_lines: int) -> str:
        """Return the lines of a pane, its screen last, with their looks as escape sequences.

        Raises:
            CommandError: There is no such pane, or tmux refused.
        """


async def read_quietly(history: ScrollbackSource, pane: PaneId, printed: Callable[[], int]) -> str:
    """Return what `history` reads at a moment at which what the pane printed has arrived here, too.

    Args:
        history: What reads.
        pane: Which.
        printed: How often the pane has printed so far.

    Raises:
        CommandError: As for `History.read`.
    """
    tries = 0
    while True:
        before = printed()
        captured = await history.read(pane, MOST_LINES)
        await trio.sleep(QUIET_S)
        tries += 1
        if printed() == before or tries == TRIES:
            return captured


def as_text(captured: str) -> list[str]:
    """Return the lines of what `History.read` returned, without looks and controls."""
    lines = captured.removesuffix("\n").split("\n") if captured else []
    return [printable(_LOOK.sub("", line)).rstrip() for line in lines]


def above_screen(captured: str, rows: int) -> bytes:
    """Return output that puts all but the screen above a new terminal's screen, which is blank then.

    Args:
        captured: What `History.read` returned.
        rows: Of the screen.
    """
    lines = captured.removesuffix("\n").split("\n")
    past = [f"{line}\x1b[0m\r\n" for line in lines[: max(0, len(lines) - rows)]]
    data = BrowserFilter().drop("".join(past[-MOST_LINES:]).encode())
    if len(data) > MOST_BYTES:
        data = data[data.index(b"\n", len(data) - MOST_BYTES) + 1 :]
    return data + b"\n" * (rows - 1) + b"\x1b[H\x1b[2J" if data else b""
