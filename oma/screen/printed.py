"""Lines of text out of a pane's output, for a log that is read and not looked at.

A line is told when it is finished: by a newline, or when the cursor leaves it. A program that
paints tells of each text once, however often it paints it anew. Takes time linear in the bytes,
and its memory is bounded.
"""

import codecs
from collections import OrderedDict

import attrs

from oma.model.printable import printable

LONGEST_LINE = 4096
"""Characters; what goes beyond is left out."""

_LONGEST_SEQUENCE = 4096
"""One that has not ended by then is none."""

_REMEMBERED = 1000
"""Lines that a painting program may paint anew."""

_PRINTS_AGAIN = 200
"""After so many lines without a move up or down, a program is taken to print and not to paint."""

_STRINGS = frozenset("]P_^Xk")
_MOVES = frozenset("ABEFHfdLMSTJsu")
_INTERMEDIATES = frozenset(" #%()*+-./")


@attrs.define
class Printed:
    """Takes the output of one pane; gives the lines that it finished."""

    _decoder: codecs.IncrementalDecoder = attrs.Factory(
        lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )
    _held: str = ""
    """The beginning of a sequence whose end has not come."""
    _in_string: bool = False
    _line: str = ""
    _column: int = 0
    _quiet_lines: int = _PRINTS_AGAIN
    _told: "OrderedDict[str, None]" = attrs.Factory(OrderedDict)
    _lines: list[str] = attrs.Factory(list)

    def feed(self, data: bytes) -> list[str]:
        """Take output, cut anywhere, and return the lines that ended in it."""
        text = self._held + self._decoder.decode(data)
        self._held = ""
        first, *others = text.split("\x1b")
        self._plain(first)
        for index, piece in enumerate(others):
            self._piece(piece, last=index == len(others) - 1)
        lines, self._lines = self._lines, []
        return lines

    def _piece(self, piece: str, *, last: bool) -> None:
        """Take what follows an escape character."""
        if self._in_string and piece[:1] == "\\":
            self._in_string = False
            self._plain(piece[1:])
            return
        end = _sequence_end(piece)
        if end is None and last and len(piece) < _LONGEST_SEQUENCE:
            self._held = f"\x1b{piece}"
            return
        if end is None:
            return
        self._in_string = piece[:1] in _STRINGS
        if not self._in_string:
            self._obey(piece[:end])
        self._plain(piece[end:])

    def _obey(self, sequence: str) -> None:
        if sequence == "M" or (sequence[:1] == "[" and sequence[-1:] in _MOVES):
            self._leave_line()
            self._quiet_lines = 0
        elif sequence[:1] == "[" and sequence[-1:] in {"C", "G", "`"}:
            count = _number(sequence[1:-1])
            column = self._column + count if sequence[-1] == "C" else count - 1
            self._column = max(0, min(column, LONGEST_LINE))
        elif sequence in {"[K", "[0K"}:
            self._line = self._line[: self._column]

    def _plain(self, text: str) -> None:
        if self._in_string:
            _, bell, text = text.partition("\x07")
            if not bell:
                return
            self._in_string = False
        first, *others = text.split("\n")
        self._write(first)
        for other in others:
            self._finish()
            self._write(other)

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


def _sequence_end(piece: str) -> int | None:
    """Return where the sequence at the start of `piece` ends; `None` where it does not."""
    if not piece:
        return None
    if piece[0] == "[":
        for index in range(1, min(len(piece), _LONGEST_SEQUENCE)):
            if "@" <= piece[index] <= "~":
                return index + 1
        return None
    if piece[0] in _INTERMEDIATES:
        return 2 if len(piece) > 1 else None
    return 1


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
