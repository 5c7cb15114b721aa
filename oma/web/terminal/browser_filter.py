r"""What of a pane's output a browser gets: text, controls, and sequences that only draw.

Agents are hostile, and a browser's terminal is not tmux: it would answer questions, take titles
and the clipboard, or print what tmux hides. Rests on three rules, held by property tests. No
string passes (OSC, DCS, APC, PM, SOS, `ESC k`), and nothing that a terminal answers. What passes
is valid UTF-8 without C1 controls, which xterm.js would read as the beginning of sequences. And a
sequence or a character passes when it is complete: what went out so far never ends in a part.
Strings end where tmux 3.3a ends them (`input.c`), as in `oma.screen.hidden_strings`.
"""

import codecs
import re
from enum import Enum

import attrs

MAX_SEQUENCE_BYTES = 256
"""Longest sequence that passes: 32 parameters of SGR fit, and what draws is shorter."""

# What ends the common part of any output: a control byte that does not begin a short sequence which
# draws. Nothing repeats but one class of bytes, 200 times at most, so the search is linear.
_STOP = re.compile(rb"[\x05\x1b\x7f](?!(?<=\x1b)\[[0-;]{0,200}[@-bd-hj-mo-su-wy-~])")
_C1 = re.compile(r"[\x80-\x9f]")
_ENDS_OSC = re.compile(rb"[\x07\x18\x1a\x1b]")
_ENDS_STRING = re.compile(rb"[\x18\x1a\x1b]")
_ESCAPE = 0x1B
_CANCEL = frozenset({0x18, 0x1A})
_SILENT = frozenset({0x05, 0x7F})
"""ENQ asks for an answer; DEL tmux ignores, and others may not."""

_CONTROL = re.compile(rb"\x1b\[([<-?]?)([0-;]*)([ -/]*)([@-~])")
_MODES = ((b"?", b"", b"h"), (b"?", b"", b"l"))
_TELLING = frozenset({b"2031", b"2048", b"5522", b"9001"})
"""Modes in which a terminal reports by itself: colours, size, clipboard, raw keys."""

_ANSWERED = frozenset(b"cnti")
"""Last bytes: what are you, how are you; windows, printing."""

_ALSO_ANSWERED = frozenset(
    {
        *((mark, b"", b"u") for mark in (b"<", b"=", b">", b"?")),  # keys as tmux has them not
        (b"?", b"", b"S"),  # graphics
        (b"?", b"", b"m"),  # extended keys
        (b">", b"", b"q"),  # the terminal's name
        (b"", b"", b"x"),  # its parameters
        *((private, b"$", b"p") for private in (b"", b"?")),  # modes
        *((b"", b"$", final) for final in (b"u", b"w")),  # its state
        (b"", b"&", b"u"),  # character sets
        (b"", b"*", b"y"),  # checksums
        *((b"", b"'", final) for final in (b"w", b"z", b"{", b"|")),  # the mouse, as DEC had it
    }
)
"""What stands before the parameters, what after, and the last byte."""

_LONE = frozenset({b"\x1bZ", b"\x1b\\"})
"""What are you; the end of a string that has been dropped."""


class _Place(Enum):
    TEXT = 0
    ESCAPE = 1  # an escape and its intermediate bytes are held
    CONTROL = 2  # a control sequence is held
    OSC = 3
    STRING = 4  # APC, PM, SOS, a window name
    HEAD = 5  # parameters of a DCS
    BODY = 6
    BODY_ESCAPE = 7


@attrs.define
class BrowserFilter:
    """The filter of one pane; chunks may be cut anywhere. Holds some hundred bytes at most."""

    _place: _Place = attrs.field(default=_Place.TEXT, init=False)
    _held: bytearray = attrs.field(factory=bytearray, init=False)
    _text: codecs.IncrementalDecoder = attrs.field(
        factory=lambda: codecs.getincrementaldecoder("utf-8")(errors="replace"), init=False
    )
    _split: bool = attrs.field(default=False, init=False)
    """The text so far ends within a character."""

    def drop(self, data: bytes) -> bytes:
        """Return what of `data`, and of what was held, may go out now. Total, in linear time.

        Bytes that are no UTF-8 become U+FFFD; all else that passes does so byte for byte.
        """
        passed = bytearray()
        at = 0
        while at < len(data):
            at = self._step(data, at, passed)
        return bytes(passed)

    def _step(self, data: bytes, at: int, passed: bytearray) -> int:
        """Pass over one run of bytes in the current place; return where the next begins."""
        match self._place:
            case _Place.TEXT:
                return self._in_text(data, at, passed)
            case _Place.OSC:
                return self._in_string(data, at, _ENDS_OSC)
            case _Place.STRING:
                return self._in_string(data, at, _ENDS_STRING)
            case _Place.BODY:
                end = data.find(b"\x1b", at) + 1
                if end:
                    self._place = _Place.BODY_ESCAPE
                return end or len(data)
            case _Place.BODY_ESCAPE:
                self._place = _Place.TEXT if data[at] == ord("\\") else _Place.BODY
                return at + 1
            case _Place.ESCAPE | _Place.CONTROL | _Place.HEAD:
                self._in_sequence(data[at], passed)
                return at + 1

    def _in_text(self, data: bytes, at: int, passed: bytearray) -> int:
        stop = _STOP.search(data, at)
        end = stop.start() if stop else len(data)
        self._take_text(data[at:end], passed, final=end < len(data))
        if end == len(data):
            return end
        if data[end] == _ESCAPE:
            self._place = _Place.ESCAPE
            self._held[:] = b"\x1b"
        return end + 1

    def _take_text(self, text: bytes, passed: bytearray, *, final: bool) -> None:
        if not self._split and text.isascii():
            passed += text
            return
        known = self._text.decode(text, final)
        self._split = bool(self._text.getstate()[0])
        passed += _C1.sub("", known).encode()

    def _in_string(self, data: bytes, at: int, ends: re.Pattern[bytes]) -> int:
        ending = ends.search(data, at)
        if ending is None:
            return len(data)
        self._place = _Place.TEXT
        if data[ending.start()] == _ESCAPE:
            self._place = _Place.ESCAPE
            self._held[:] = b"\x1b"
        return ending.end()

    def _in_sequence(self, byte: int, passed: bytearray) -> None:
        if byte == _ESCAPE:
            self._place = _Place.ESCAPE
            self._held[:] = b"\x1b"
        elif byte in _CANCEL:
            self._place = _Place.TEXT
        elif byte < 0x20:
            # Controls within a sequence are carried out at once, and the sequence goes on.
            if byte not in _SILENT and self._place is not _Place.HEAD:
                passed.append(byte)
        elif byte < 0x7F:
            self._hold(byte, passed)

    def _hold(self, byte: int, passed: bytearray) -> None:
        if self._place is _Place.HEAD:
            self._place = _Place.HEAD if byte < 0x40 else _Place.BODY
            return
        if len(self._held) <= MAX_SEQUENCE_BYTES:
            self._held.append(byte)
        if self._place is _Place.ESCAPE and len(self._held) == 2 and byte in _OPENED:
            self._place = _OPENED[byte]
        elif byte >= (0x40 if self._place is _Place.CONTROL else 0x30):
            if len(self._held) <= MAX_SEQUENCE_BYTES:
                passed += _allowed(bytes(self._held))
            self._place = _Place.TEXT


_OPENED = {
    ord("["): _Place.CONTROL,
    ord("]"): _Place.OSC,
    ord("P"): _Place.HEAD,
    ord("X"): _Place.STRING,
    ord("^"): _Place.STRING,
    ord("_"): _Place.STRING,
    ord("k"): _Place.STRING,
}


def _allowed(sequence: bytes) -> bytes:
    """Return what of a complete sequence a browser may have."""
    if sequence[1:2] != b"[":
        return b"" if sequence in _LONE else sequence
    read = _CONTROL.fullmatch(sequence)  # four classes without a common byte, 256 bytes at most
    if read is None:
        return b""  # tmux ignores it
    private, numbers, mark, final = read.groups()
    kind = private, mark, final
    if final[0] in _ANSWERED or kind in _ALSO_ANSWERED:
        return b""
    if kind not in _MODES:
        return sequence
    modes = numbers.split(b";")
    kept = [mode for mode in modes if mode.lstrip(b"0") not in _TELLING]
    if len(kept) == len(modes):
        return sequence
    return b"\x1b[?" + b";".join(kept) + final if kept else b""
