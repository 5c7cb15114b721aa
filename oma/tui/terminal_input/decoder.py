"""What a terminal sends, as inputs: bytes in, keys, clicks and pastes out. Sans I/O, without a clock.

How the bytes are cut into reads makes no difference. What may be the beginning of something longer
is held: `wait_s` says for how long, and `expire` then takes it for what it is. An unknown sequence
is no input at all.
"""

from collections.abc import Mapping

import attrs

from oma.tui.inputs import Key, Paste, Received
from oma.tui.terminal_input.piece import PASTE_END, PasteStart
from oma.tui.terminal_input.sequences import read_piece

ESCAPE_S = 0.025
"""How long an Escape may be the start of a sequence; local terminals send those at once."""

SEQUENCE_S = 0.5
"""How long the rest of a sequence may take, where its start says that there is one."""

PASTE_S = 5.0
"""After this much silence in the middle of a paste Ctrl-C ends it: its end may be lost."""

_LATE = (b"[", b"O")


@attrs.define
class InputDecoder:
    """The input of one terminal.

    Args:
        known: Sequences of its keys and their names, beside those that every terminal may send.
    """

    known: Mapping[bytes, str] = attrs.Factory(dict)
    _held: bytes = b""
    """Of which the end has not come yet."""
    _told: bool = False
    """The Escape at its start was given already: the rest came late."""
    _escaped: bool = False
    """The last input was an Escape whose time was up: a rest may still come."""
    _paste: bytearray | None = None
    """What was pasted so far; `None` outside of a paste."""
    _stalled: bool = False

    @property
    def wait_s(self) -> float | None:
        """How many seconds to wait for more before `expire`; `None` when nothing is held."""
        if self._paste is not None:
            return None if self._stalled else PASTE_S
        if not self._held:
            return None
        return ESCAPE_S if self._told or not self._held.strip(b"\x1b") else SEQUENCE_S

    def feed(self, data: bytes) -> list[Received]:
        """Return what these bytes complete, in order."""
        if not data:
            return []
        if self._stalled and data.startswith(b"\x03"):
            self._paste, self._held = None, b""
        if self._escaped and data.startswith(_LATE):
            self._held, self._told = b"\x1b", True
        self._stalled = self._escaped = False
        given: list[Received] = []
        self._read(self._held + data, given)
        return given

    def expire(self) -> list[Received]:
        """Return what is held for what it is: nothing more has come for `wait_s`."""
        if self._paste is not None:
            self._stalled = True
            return []
        held, told = self._held, self._told
        self._held, self._told = b"", False
        if held and not held.strip(b"\x1b"):
            self._escaped = True
            return [Key("Escape")] * len(held)
        if len(held) == 2 and held[:1] == b"\x1b" and 0x20 < held[1] < 0x7F:
            return [Key(f"{'' if told else 'M-'}{chr(held[1])}")]
        return []

    def reset(self) -> None:
        """Forget what has begun: another program had the terminal."""
        self._held, self._paste = b"", None
        self._told = self._escaped = self._stalled = False

    def _read(self, data: bytes, given: list[Received]) -> None:
        at = 0
        while at < len(data):
            if self._paste is not None:
                at = self._read_paste(data, at, given)
                if self._paste is not None:
                    break
                continue
            piece = read_piece(data, at, self.known)
            if piece is None:
                break
            at, self._told = piece.end, False
            if isinstance(piece.meaning, PasteStart):
                self._paste = bytearray()
            elif piece.meaning is not None:
                given.append(piece.meaning)
        self._held = data[at:]

    def _read_paste(self, data: bytes, at: int, given: list[Received]) -> int:
        """Take what belongs to the paste; return where what does not, or may not, begins."""
        assert self._paste is not None
        end = data.find(PASTE_END, at)
        if end >= 0:
            self._paste += data[at:end]
            given.append(Paste(_lines(self._paste)))
            self._paste = None
            return end + len(PASTE_END)
        kept = next(
            (n for n in range(len(PASTE_END) - 1, 0, -1) if data.endswith(PASTE_END[:n], at)), 0
        )
        self._paste += data[at : len(data) - kept]
        return len(data) - kept


def _lines(pasted: bytes | bytearray) -> str:
    """Return a pasted text; lines end with a newline, whatever the terminal makes of one."""
    return pasted.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
