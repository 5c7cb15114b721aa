"""Reading a screen: its logical lines with their marks, its parts, and nothing twice.

Most looks find a screen on which nothing changed but a spinner. What decides where rules match is
then the same as before, and so is the answer. Where a sign blinks, it is the same as the time before that.
"""

from collections.abc import Sequence
from itertools import compress
from operator import is_not

import attrs

from oma.detection import line_shapes as shapes
from oma.detection.evidence import Evidence
from oma.detection.logical_lines import AROUND_TEXT, LogicalLines, content, goes_on, joined
from oma.detection.profile import Profile
from oma.detection.scope import MarkedScreen
from oma.detection.started_programs import may_be_searched_in
from oma.detection.structure import DOTS, Place, find_structure

_BY_TEXT = shapes.CHOSEN | shapes.NUMBERED | shapes.ANSWER | shapes.YES_NO | shapes.SECRET
"""What stands in such a line, and where, decides with it."""

_BEGINNINGS = frozenset("○◯☐◻□╹└◆▲!0123456789")
"""At the beginning of a line they decide what it is part of, where no pattern does."""

_ENDS = frozenset("…:")

_SIGNS = frozenset("❯›❭❱>»⟩➜")
_MOST_RECENT = 3
"""A sign that blinks has two states, and one that is drawn in parts has another between them."""

_PART_LINES = 6
"""So many lines of a part tell whether it changed."""

_REMAINS = 2
"""So many messages of an agent above a shell's prompt were left there by one."""


def _telling(text: str, marks: int, *, is_part: bool) -> object:
    """Return what of a row's content decides beside its marks: of most rows where it begins, and how it ends.

    Args:
        text: The content.
        marks: Of that.
        is_part: It goes on in the next row, or the row above in it.
    """
    if is_part or marks & _BY_TEXT or not text:
        return text
    bare = text.lstrip(AROUND_TEXT)
    core = bare.rstrip(AROUND_TEXT)
    before, head, end = text[: len(text) - len(bare)], core[:1], core[-1:]
    if end == ".":
        end = "." if core.endswith(DOTS) else ""
    elif end not in _ENDS:
        end = ""
    if marks & shapes.PROMPT:
        head = core.split(None, 1)[0]
    elif head not in _BEGINNINGS:
        head = ""
    else:
        head = core[:2]
    return before, head, end, " " in core, may_be_searched_in(core)


@attrs.frozen(eq=False)
class _Reading:
    """A screen as it was read, and what decided that."""

    rest: tuple[int, ...]
    marks: list[int]
    """Of what is read of each row."""
    telling: list[object]
    """What else of each decides."""
    wraps: list[bool]
    screen: MarkedScreen
    texts: dict[int, str]
    """Lines that were joined, by their first row."""


@attrs.define
class ScreenReader:
    """Reads the screens of one agent.

    Args:
        profile: Whose rules are to be matched.
    """

    _profile: Profile
    _lines: tuple[str, ...] = attrs.field(default=(), init=False)
    _contents: list[str] = attrs.field(factory=list, init=False)
    """What of each of them is read."""
    _marks: list[int] = attrs.field(factory=list, init=False)
    """Of that."""
    _telling: list[object] = attrs.field(factory=list, init=False)
    """What else of that decides."""
    _wraps: list[bool] = attrs.field(factory=list, init=False)
    """Whether each of them goes on in the next one."""
    _recent: list[_Reading] = attrs.field(factory=list, init=False)
    """The last ones, the one that stands last."""

    def read(self, evidence: Evidence) -> MarkedScreen:
        """Return what patterns and shapes find; the same object while nothing of it changed."""
        lines, before = evidence.lines, self._lines
        columns = evidence.columns
        rest = (self._profile.index.marks_of(evidence.title), evidence.cursor_row, columns)
        standing = self._recent[-1] if self._recent else None
        self._lines = lines
        if standing is None or len(lines) != len(before) or columns != standing.rest[2]:
            self._take_all(lines, columns)
            return self._anew(evidence, rest)
        changed = compress(range(len(lines)), map(is_not, lines, before))  # hardly any
        is_as_before = self._take(list(changed), lines, columns)
        if is_as_before and rest == standing.rest:
            return standing.screen
        return self._again(rest) or self._anew(evidence, rest)

    def _take_all(self, lines: tuple[str, ...], columns: int) -> None:
        """Note what there is to know of each row of a screen, whatever stood there before."""
        height = len(lines)
        self._contents, self._marks = [""] * height, [0] * height
        self._telling, self._wraps = [None] * height, [False] * height
        self._take(list(range(height)), lines, columns)

    def _take(self, changed: Sequence[int], lines: tuple[str, ...], columns: int) -> bool:
        """Note the same of the rows that changed; say whether nothing changed that decides."""
        contents, known, wraps = self._contents, self._marks, self._wraps
        marks_of, is_as_before = self._profile.index.marks_of, True
        for row in changed:
            contents[row] = read = content(lines[row])
            marks = marks_of(read)
            if marks != known[row]:
                known[row], is_as_before = marks, False
        if columns and self._wrap(changed, columns):
            is_as_before, changed = False, range(len(lines))
        telling = self._telling
        for row in changed:
            is_part = wraps[row] or (row > 0 and wraps[row - 1])
            tells = _telling(contents[row], known[row], is_part=is_part)
            if tells != telling[row]:
                telling[row], is_as_before = tells, False
        return is_as_before

    def _wrap(self, changed: Sequence[int], columns: int) -> bool:
        """Note which rows go on in the next one; say whether other ones do now."""
        contents, wraps, last = self._contents, self._wraps, len(self._contents) - 1
        is_other, long = False, columns // 2
        for row in changed:
            # Short rows do not go on, and most are short.
            if row < last and (wraps[row] or len(contents[row]) > long):
                is_other |= self._wrap_one(row, columns)
            if row and (wraps[row - 1] or len(contents[row - 1]) > long):
                is_other |= self._wrap_one(row - 1, columns)
        return is_other

    def _wrap_one(self, row: int, columns: int) -> bool:
        wrap = goes_on(self._contents[row], self._contents[row + 1], columns)
        was, self._wraps[row] = self._wraps[row], wrap
        return wrap is not was

    def text(self, evidence: Evidence, row: int) -> str:
        """Return the line that begins at `row` of the screen that was read last."""
        return self._recent[-1].texts.get(row, evidence.lines[row])

    def parts(self, evidence: Evidence) -> dict[Place, tuple[str, ...]]:
        """Return the last lines of each part of the screen that was read last; a draft is part of the composer."""
        screen, found = self._recent[-1].screen, dict[Place, tuple[str, ...]]()
        for row, place in zip(screen.rows, screen.places, strict=True):
            part = Place.COMPOSER if place is Place.DRAFT else place
            found[part] = (*found.get(part, ())[1 - _PART_LINES :], self.text(evidence, row))
        return found

    def _again(self, rest: tuple[int, ...]) -> MarkedScreen | None:
        """Return what was read where the same decided; `None` where that was not among the last."""
        for place in range(len(self._recent) - 1, -1, -1):
            known = self._recent[place]
            if (
                known.rest == rest
                and known.marks == self._marks
                and known.telling == self._telling
                and known.wraps == self._wraps
            ):
                self._recent.append(self._recent.pop(place))
                return known.screen
        return None

    def _anew(self, evidence: Evidence, rest: tuple[int, ...]) -> MarkedScreen:
        screen, texts = self._read(evidence)
        del self._recent[: 1 - _MOST_RECENT]
        decided = self._marks.copy(), self._telling.copy(), self._wraps.copy()
        self._recent.append(_Reading(rest, *decided, screen, texts))
        return screen

    def _read(self, evidence: Evidence) -> tuple[MarkedScreen, dict[int, str]]:
        index = self._profile.index
        rows = (self._contents, self._marks, self._wraps)
        lines = joined(*rows, evidence.columns, index.marks_of)
        if _ends_in_tmux(lines, len(evidence.lines)):
            lines.drop_last()
        texts = {}
        if lines.rows != lines.last_rows:
            read = zip(lines.rows, lines.last_rows, lines.texts, strict=True)
            texts = {row: text for row, last, text in read if row != last}
        structure = find_structure(lines, evidence.cursor_row)
        composer, composer_marks = structure.composer, 0
        if composer is not None:
            composer_marks = lines.marks[composer]
            lines.marks[composer] = index.marks_of(_sign(lines.texts[composer]))
        screen = MarkedScreen(
            lines.rows,
            lines.last_rows,
            lines.marks,
            structure.places,
            index.marks_of(evidence.title),
            evidence.cursor_row,
            composer=composer,
            composer_marks=composer_marks,
            evidence=structure.evidence,
            has_composer=structure.has_composer,
            has_draft=structure.has_draft,
            owes=structure.owes,
            has_remains=structure.is_prompt_line and _has_remains(lines),
        )
        return screen, texts


def _ends_in_tmux(lines: LogicalLines, height: int) -> bool:
    """Say whether the last row is the status line of a tmux in the pane."""
    if not lines.rows or lines.last_rows[-1] != height - 1:
        return False
    return bool(lines.marks[-1] & shapes.TMUX)


def _has_remains(lines: LogicalLines) -> bool:
    if lines.every & shapes.FAREWELL and any(marks & shapes.FAREWELL for marks in lines.marks):
        return True
    return sum(bool(marks & shapes.MESSAGE) for marks in lines.marks) >= _REMAINS


def _sign(text: str) -> str:
    """Return a composer's line without its draft."""
    place = next((i for i, sign in enumerate(text[:6]) if sign in _SIGNS), None)
    return text if place is None else text[: place + 2]
