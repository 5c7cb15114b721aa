"""The command lines that we send to a control client, each rendered here and nowhere else.

One function returns one line without its newline. tmux answers with one block per command on the
line, up to the first that fails. Targets are ids, never names; text goes through `quote`.
"""

import re
from collections.abc import Iterator

from oma.model.ids import PaneId
from oma.tmux.escape import quote
from oma.tmux.queries import PANES_FORMAT, SCREEN_FORMAT

KEYS = frozenset(
    {
        *("Enter", "Escape", "Tab", "BTab", "BSpace", "Space"),
        *("Up", "Down", "Left", "Right", "Home", "End", "PPage", "NPage"),
        *("C-a", "C-c", "C-d", "C-e", "C-l", "C-r", "C-u", "C-z"),
    }
)
"""Names of keys that can be sent: tmux would type any other word as text."""


_CURSOR_KEY = re.compile(rb"\x1b[\[O]([ABCDFH])")
_CURSOR_KEYS = {b"A": "Up", b"B": "Down", b"C": "Right", b"D": "Left", b"F": "End", b"H": "Home"}
"""As xterm writes them: after `ESC [`, or `ESC O` for a program that asked for that."""

KEYS_A_LINE = 512
"""Bytes typed by one command."""

PASTED_A_LINE = 8192
"""Characters that one command puts into a buffer: at most 32 kB of command line."""

_NOT_PASTED = {
    code: None for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if code not in b"\t\n\r"
}
"""An escape in a pasted text could end the brackets around it, and what follows would be typed."""


def type_bytes(pane: PaneId, data: bytes) -> Iterator[str]:
    """Type bytes into the pane, several lines for many; all as they are but for cursor keys.

    A terminal far away may not know in which mode the pane's program wants these; tmux does.
    """
    for place, piece in enumerate(_CURSOR_KEY.split(data)):
        if place % 2:
            yield f"send-keys -t {quote(pane)} {_CURSOR_KEYS[piece]}"
            continue
        for at in range(0, len(piece), KEYS_A_LINE):
            digits = piece[at : at + KEYS_A_LINE].hex(" ")
            yield f"send-keys -H -t {quote(pane)} {digits}"


def paste(pane: PaneId, name: str, text: str) -> Iterator[str]:
    """Paste a text without its control characters, between brackets if the program wants them.

    Args:
        pane: Where.
        name: Of a buffer, which is gone afterwards; letters, digits and `-`.
        text: A newline is typed as Enter, as terminals do.
    """
    plain = text.translate(_NOT_PASTED)
    if not plain:
        return
    for at in range(0, len(plain), PASTED_A_LINE):
        append = "-a " if at else ""
        yield f"set-buffer {append}-b {name} -- {quote(plain[at : at + PASTED_A_LINE])}"
    yield f"paste-buffer -p -d -b {name} -t {quote(pane)}"


def delete_buffer(name: str) -> str:
    """Forget a buffer that `paste` has left behind."""
    return f"delete-buffer -b {name}"


def subscribe(name: str, what: str) -> str:
    """Subscribe to the format `what` of the client's session, under a name without colons."""
    return f"refresh-client -B {quote(f'{name}::{what}')}"


def list_panes_all() -> str:
    """Ask for every pane of the server; `parse_panes` reads the answer."""
    return f"list-panes -a -F {quote(PANES_FORMAT)}"


def pause(pane: PaneId) -> str:
    """Make tmux drop output of the pane, for this client alone, until it is continued."""
    return f"refresh-client -A {quote(f'{pane}:pause')}"


def capture(pane: PaneId) -> str:
    """Ask for the state of the pane's terminal, then for its screen: two blocks.

    One block, an error, when there is no such pane.
    """
    target = quote(pane)
    # Not display-message, which answers for another pane when this one is gone.
    this = quote(f"#{{==:#{{pane_id}},{pane}}}")
    return (
        f"list-panes -t {target} -f {this} -F {quote(SCREEN_FORMAT)} ; "
        f"capture-pane -p -e -J -t {target}"
    )


def capture_and_continue(pane: PaneId) -> str:
    """As `capture`, and in the same breath let output of the pane flow again: three blocks."""
    return f"{capture(pane)} ; refresh-client -A {quote(f'{pane}:continue')}"
