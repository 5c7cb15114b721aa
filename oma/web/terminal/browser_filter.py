r"""What of a pane's output a browser gets: text, controls, and sequences that only draw.

Agents are hostile, and a browser's terminal is not tmux: it would answer questions, take titles
and the clipboard, or print what tmux hides. Rests on three rules, held by property tests. No
string passes (OSC, DCS, APC, PM, SOS, `ESC k`), and nothing that a terminal answers. What passes
is valid UTF-8 without C1 controls, which xterm.js would read as the beginning of sequences. And a
sequence or a character passes when it is complete: what went out so far never ends in a part.
Sequences and strings end where `oma.screen.escape_tokenizer` ends them: where tmux does.
"""

import codecs
import re

import attrs

from oma.screen.escape_tokenizer import EscapeTokenizer, Sink

# What ends the common part of any output: a control byte that does not begin a short sequence which
# draws. Nothing repeats but one class of bytes, 200 times at most, so the search is linear.
_STOP = re.compile(rb"[\x05\x1b\x7f](?!(?<=\x1b)\[[0-;]{0,200}[@-bd-hj-mo-su-wy-~])")
_C1 = re.compile(r"[\x80-\x9f]")
_SILENT = b"\x05\x7f"
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


@attrs.define
class BrowserFilter(Sink):
    """The filter of one pane; chunks may be cut anywhere. Holds some hundred bytes at most.

    No string passes: what a `Sink` does about one, nothing, is all that is done.
    """

    _tokenizer: EscapeTokenizer = attrs.field(
        factory=lambda: EscapeTokenizer(_STOP, strings_only=False), init=False
    )
    _decoder: codecs.IncrementalDecoder = attrs.field(
        factory=lambda: codecs.getincrementaldecoder("utf-8")(errors="replace"), init=False
    )
    _split: bool = attrs.field(default=False, init=False)
    """The text so far ends within a character."""
    _passed: bytearray = attrs.field(factory=bytearray, init=False)

    def drop(self, data: bytes) -> bytes:
        """Return what of `data`, and of what was held, may go out now. Total, in linear time.

        Bytes that are no UTF-8 become U+FFFD; all else that passes does so byte for byte.
        """
        self._tokenizer.feed(data, self)
        passed = bytes(self._passed)
        self._passed.clear()
        return passed

    def text(self, data: bytes, *, ends: bool) -> None:
        """Pass text in UTF-8, and the sequences in it, which draw."""
        if not self._split and data.isascii():
            self._passed += data
            return
        known = self._decoder.decode(data, ends)
        self._split = bool(self._decoder.getstate()[0])
        self._passed += _C1.sub("", known).encode()

    def controls(self, data: bytes) -> None:
        """Pass those to which nothing answers."""
        self._passed += data.translate(None, _SILENT)

    def sequence(self, data: bytes) -> None:
        """Pass what only draws."""
        self._passed += _allowed(data)


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
