"""Lines of text out of a pane's output, for a log that is read and not looked at.

A line is told when it is finished: by a newline, or when the cursor leaves it. A program that
paints tells of each text once, however often it paints it anew. Takes time linear in the bytes,
and its memory is bounded.
"""

import codecs
import re
from collections import OrderedDict

import attrs

from oma.model.printable import printable
from oma.screen.escape_tokenizer import EscapeTokenizer, Sink

LONGEST_LINE = 4096
"""Characters; what goes beyond is left out."""

_REMEMBERED = 1000
"""Lines that a painting program may paint anew."""

_PRINTS_AGAIN = 200
"""After so many lines without a move up or down, a program is taken to print and not to paint."""

_STOP = re.compile(rb"\x1b")
_MOVES = frozenset("ABEFHfdLMSTJsu")


@attrs.define
class Printed(Sink):
    """Takes the output of one pane; gives the lines that it finished, without strings."""

    _decoder: codecs.IncrementalDecoder = attrs.Factory(
        lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )
    _tokenizer: EscapeTokenizer = attrs.Factory(lambda: EscapeTokenizer(_STOP, strings_only=False))
    _line: str = ""
    _column: int = 0
    _quiet_lines: int = _PRINTS_AGAIN
    _told: "OrderedDict[str, None]" = attrs.Factory(OrderedDict)
    _lines: list[str] = attrs.Factory(list)

    def feed(self, data: bytes) -> list[str]:
        """Take output, cut anywhere, and return the lines that ended in it."""
        self._tokenizer.feed(data, self)
        lines, self._lines = self._lines, []
        return lines

    def text(self, data: bytes, *, ends: bool) -> None:
        """Write it, line by line."""
        first, *others = self._decoder.decode(data, ends).split("\n")
        self._write(first)
        for other in others:
            self._finish()
            self._write(other)

    def controls(self, data: bytes) -> None:
        """Carry them out as those that stand in text."""
        self.text(data, ends=True)

    def sequence(self, data: bytes) -> None:
        """Move the cursor, or erase, if the sequence says so."""
        command, final = data[1:2], data[-1:].decode("latin-1")
        if data == b"\x1bM" or (command == b"[" and final in _MOVES):
            self._leave_line()
            self._quiet_lines = 0
        elif command == b"[" and final in {"C", "G", "`"}:
            count = _number(data[2:-1].decode("latin-1"))
            column = self._column + count if final == "C" else count - 1
            self._column = max(0, min(column, LONGEST_LINE))
        elif data in {b"\x1b[K", b"\x1b[0K"}:
            self._line = self._line[: self._column]

    def _write(self, text: str) -> None:
        for index, part in enumerate(text.split("\r")):
            if index:
                self._column = 0
            shown = "".join(c for c in part if c >= " " or c == "\t")
            room = LONGEST_LINE - self._column
            if not shown or room <= 0:
                continue
            shown = shown[:room]
            before = self._line[: self._column].ljust(self._column)
            self._line = before + shown + self._line[self._column + len(shown) :]
            self._column += len(shown)

    def _finish(self) -> None:
        self._quiet_lines = min(_PRINTS_AGAIN, self._quiet_lines + 1)
        paints = self._quiet_lines < _PRINTS_AGAIN
        if self._line.strip() or not paints:
            self._tell(once=paints)
        self._line, self._column = "", 0

    def _leave_line(self) -> None:
        if self._line.strip():
            self._tell(once=True)
        self._line, self._column = "", 0

    def _tell(self, *, once: bool) -> None:
        line = printable(self._line.replace("\t", "    ").rstrip())
        # Spinners and clocks turn; what they stand beside stays.
        key = "".join(filter(str.isalpha, line)) or line
        known = key in self._told
        self._told[key] = None
        self._told.move_to_end(key)
        if len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)
        if not (once and known):
            self._lines.append(line)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
