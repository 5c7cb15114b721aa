"""Reading a screen: its logical lines with their marks, its parts, and nothing twice.

Most looks find a screen on which nothing changed but a spinner. What decides where rules match is
then the same as before, and so is the answer.
"""

import attrs

from oma.detection import line_shapes as shapes
from oma.detection.evidence import Evidence
from oma.detection.logical_lines import LogicalLines, logical_lines
from oma.detection.profile import Profile
from oma.detection.scope import MarkedScreen
from oma.detection.structure import find_structure

_EDGES = shapes.RULE | shapes.TOP | shapes.BOTTOM
_LISTED = shapes.CHOSEN | shapes.NUMBERED
_SIGNS = frozenset("❯›>»⟩➜")
_REMAINS = 2
"""So many messages of an agent above a shell's prompt were left there by one."""


def _blank() -> MarkedScreen:
    return MarkedScreen([], [], [], [], [], title=0, cursor_row=0)


def _telling(lines: tuple[str, ...], marks: tuple[int, ...], columns: int) -> list[object]:
    """Return what of the lines decides beside their marks.

    A line that may go on in the next row and one that may be an option decide by their text; any
    other one only by being there.
    """
    long = columns // 2 if columns else 1 << 30
    return [
        line if len(line) > long or mark & _LISTED else not line
        for line, mark in zip(lines, marks, strict=True)
    ]


@attrs.define
class ScreenReader:
    """Reads the screens of one agent.

    Args:
        profile: Whose rules are to be matched.
    """

    _profile: Profile
    _marks: tuple[int, ...] | None = attrs.field(default=None, init=False)
    _sizes: tuple[int, ...] = attrs.field(default=(), init=False)
    _rest: tuple[int, ...] = attrs.field(default=(), init=False)
    _telling: list[object] = attrs.field(factory=list, init=False)
    """What of the lines decides beside their marks, where a size changed."""
    _screen: MarkedScreen = attrs.field(factory=_blank, init=False)
    _texts: dict[int, str] = attrs.field(factory=dict, init=False)
    """Lines that were joined, by their first row."""

    def read(self, evidence: Evidence) -> MarkedScreen:
        """Return what patterns and shapes find; the same object while nothing of it changed."""
        lines, columns = evidence.lines, evidence.columns
        marks = self._profile.index.marks(lines)
        sizes = tuple(map(len, lines))
        rest = (self._profile.index.marks_of(evidence.title), evidence.cursor_row, columns)
        if marks == self._marks and sizes == self._sizes and rest == self._rest:
            return self._screen
        same = marks == self._marks and rest == self._rest
        self._marks, self._sizes, self._rest = marks, sizes, rest
        telling = _telling(lines, marks, columns)
        if not same or telling != self._telling:
            self._telling = telling
            self._screen = self._read(evidence)
        return self._screen

    def text(self, evidence: Evidence, row: int) -> str:
        """Return the line that begins at `row` of the screen that was read last."""
        return self._texts.get(row, evidence.lines[row])

    def _read(self, evidence: Evidence) -> MarkedScreen:
        index = self._profile.index
        lines = logical_lines(evidence.lines, evidence.columns, index.marks_of)
        if _ends_in_tmux(lines, len(evidence.lines)):
            lines.drop_last()
        self._texts = {
            row: text
            for row, last, text in zip(lines.rows, lines.last_rows, lines.texts, strict=True)
            if row != last
        }
        structure = find_structure(lines, evidence.cursor_row)
        composer, composer_marks = structure.composer, 0
        if composer is not None:
            composer_marks = lines.marks[composer]
            lines.marks[composer] = index.marks_of(_sign(lines.texts[composer]))
        return MarkedScreen(
            lines.rows,
            lines.last_rows,
            lines.marks,
            structure.places,
            _heights(lines),
            index.marks_of(evidence.title),
            evidence.cursor_row,
            composer=composer,
            composer_marks=composer_marks,
            evidence=structure.evidence,
            has_composer=structure.has_composer,
            has_draft=structure.has_draft,
            has_remains=structure.is_prompt_line and _has_remains(lines),
        )


def _ends_in_tmux(lines: LogicalLines, height: int) -> bool:
    """Say whether the last row is the status line of a tmux in the pane."""
    if not lines.rows or lines.last_rows[-1] != height - 1:
        return False
    return bool(lines.marks[-1] & shapes.TMUX)


def _heights(lines: LogicalLines) -> list[int]:
    """Return for each line how many with text there are from it down; edges have none."""
    heights, height = [0] * len(lines.marks), 0
    for index in range(len(lines.marks) - 1, -1, -1):
        height += not lines.marks[index] & _EDGES
        heights[index] = height
    return heights


def _has_remains(lines: LogicalLines) -> bool:
    return sum(bool(marks & shapes.MESSAGE) for marks in lines.marks) >= _REMAINS


def _sign(text: str) -> str:
    """Return a composer's line without its draft."""
    place = next((i for i, sign in enumerate(text[:6]) if sign in _SIGNS), None)
    return text if place is None else text[: place + 2]
