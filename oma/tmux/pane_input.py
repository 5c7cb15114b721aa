"""How a text or the key strokes of a view are put into a pane: as commands.

What a user sends goes through a buffer. `send-keys` would be no way to do that: in copy-mode tmux
takes the keys for itself, with `synchronize-panes` every pane of the window gets them, and a
read-only client that happens to be the latest one makes it fail. `paste-buffer` writes to the
program of the one pane, whatever mode that is in, and leaves the user's options alone (ran on 3.2a,
3.3a, 3.5a and 3.6b). It says nothing where the pane takes no input (`select-pane -d`), and before
3.4 it crashes the server where the program has ended: so tmux looks first, in the same command.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.tmux.commands import keys
from oma.tmux.commands.command import Command, CommandList, in_order
from oma.tmux.commands.control import IfShell, Print
from oma.tmux.escape import refuse_unsendable

ENTER = b"\r"
INTERRUPT = b"\x03"
"""Ctrl-C."""

MOST_TYPED = 4000
"""Characters that are typed; a longer text may be taken for a paste that lacks its brackets."""


class Closed(StrEnum):
    """Why a pane takes no input: what the commands print then."""

    DEAD = "dead"
    INPUT_OFF = "input-off"


_CLOSED = "#{||:#{pane_dead},#{pane_input_off}}"
_WHY = f"#{{?#{{pane_dead}},{Closed.DEAD},{Closed.INPUT_OFF}}}"

_ASTRAY = "#{||:#{pane_in_mode},#{synchronize-panes}}"
"""The pane, or its window, is such that keys would not go to its program alone."""

_CURSOR_MODE = "#{keypad_cursor_flag}"
"""The pane's program asked for cursor keys in their second form."""

_CURSOR_KEY = re.compile(rb"\x1b[\[O]([ABCDFH])")
_CURSOR_KEYS = {b"A": "Up", b"B": "Down", b"C": "Right", b"D": "Left", b"F": "End", b"H": "Home"}
"""As xterm writes them: after `ESC [`, or `ESC O` for a program that asked for that."""

BYTES_A_COMMAND = 512
"""Typed by one command."""

PASTED_A_COMMAND = 8192
"""Characters that one command puts into a buffer: at most 32 kB of command line."""

_NOT_PASTED = {
    code: None for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if code not in b"\t\n"
}
"""An escape in a pasted text could end the brackets around it, and what follows would be typed."""


def is_pasted(text: str) -> bool:
    """Say whether a text has to arrive in one piece: it has lines, or is long."""
    return "\n" in text or len(text) > MOST_TYPED


def plain_lines(text: str) -> str:
    r"""Return `text` with newlines as `\n` alone, and none at its end.

    A carriage return would be Enter, in the middle of the text or after it.
    """
    return _newlines(text).rstrip("\n")


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_text(text: str) -> None:
    """Refuse a text that cannot be sent as it is, or could end the brackets around it.

    Raises:
        CommandError: It holds what tmux cannot be given, or is pasted and holds control characters.
    """
    refuse_unsendable(text)
    if is_pasted(text) and text.translate(_NOT_PASTED) != text:
        raise CommandError(
            f"a text of several lines is pasted, and cannot hold control characters: {text!r}"
        )


def put(pane: PaneId, buffer: str, *, bracketed: bool, raw: bool) -> CommandList:
    """Put what the tmux process reads on its standard input into a pane.

    tmux prints nothing when that is done, and a `Closed` when the pane takes no input.

    Args:
        pane: Where to.
        buffer: Name of a paste buffer, which is gone afterwards; letters, digits and `-`.
        bracketed: As a paste, if the program asked for brackets around pastes; leaves copy-mode,
            in which tmux does not know whether it did.
        raw: As that of `PasteBuffer`.
    """
    return in_order(
        keys.LoadBuffer(buffer), _paste_if_open(pane, buffer, bracketed=bracketed, raw=raw)
    )


def _paste_if_open(
    pane: PaneId, buffer: str, *, bracketed: bool, raw: bool, keeps_newlines: bool = False
) -> IfShell:
    paste = keys.PasteBuffer(buffer, pane, bracketed, raw, keeps_newlines)
    return IfShell(
        _CLOSED,
        in_order(keys.DeleteBuffer(buffer), Print(_WHY, pane)),
        in_order(keys.LeaveModes(pane), paste) if bracketed else paste,
        pane,
    )


def type_bytes(pane: PaneId, data: bytes, buffer: str, *, raw: bool) -> Iterator[IfShell]:
    """Type bytes into the pane as they are, but for cursor keys.

    A terminal far away may not know in which mode the pane's program wants these; tmux does. Where
    tmux would take keys for itself, or give them to other panes, too, they go through a buffer: without
    what tmux cannot be given then, NUL and bytes that are no UTF-8.

    Args:
        pane: Where.
        data: What is typed.
        buffer: As that of `put`.
        raw: As that of `put`.

    Yields:
        Commands that print a `Closed` where the pane takes no input.
    """
    for place, piece in enumerate(_CURSOR_KEY.split(data)):
        if place % 2:
            second, first = (
                _through(pane, buffer, f"\x1b{mark}{piece.decode()}", raw=raw) for mark in "O["
            )
            key = keys.SendKey(pane, _CURSOR_KEYS[piece])
            yield IfShell(_ASTRAY, IfShell(_CURSOR_MODE, second, first, pane), key, pane)
            continue
        for part in _parts(piece):
            text = part.decode(errors="ignore").replace("\0", "")
            through = _through(pane, buffer, text, raw=raw)
            yield IfShell(_ASTRAY, through, keys.SendBytes(pane, part), pane)


def _through(pane: PaneId, buffer: str, text: str, *, raw: bool) -> CommandList:
    if not text:
        return in_order()
    paste = _paste_if_open(pane, buffer, bracketed=False, raw=raw, keeps_newlines=True)
    return in_order(keys.SetBuffer(buffer, text), paste)


def _parts(data: bytes) -> Iterator[bytes]:
    """Yield pieces of at most `BYTES_A_COMMAND`; no character is cut."""
    at = 0
    while at < len(data):
        end = at + BYTES_A_COMMAND
        while at + BYTES_A_COMMAND - end < 3 and data[end : end + 1] and data[end] & 0xC0 == 0x80:
            end -= 1
        yield data[at:end]
        at = end


def paste(pane: PaneId, buffer: str, text: str) -> Iterator[Command]:
    """Paste a text without its control characters, between brackets if the program wants them.

    Args:
        pane: Where.
        buffer: Name of a paste buffer, which is gone afterwards; letters, digits and `-`.
        text: A newline of any kind is typed as Enter, as terminals do.

    The last command prints a `Closed` where the pane takes no input.
    """
    plain = _newlines(text).translate(_NOT_PASTED)
    if not plain:
        return
    for at in range(0, len(plain), PASTED_A_COMMAND):
        yield keys.SetBuffer(buffer, plain[at : at + PASTED_A_COMMAND], append=at > 0)
    yield _paste_if_open(pane, buffer, bracketed=True, raw=False)
