"""Lines as an agent wrote them: rows that were wrapped to the width of the pane are joined again.

Agents wrap their own text, so the terminal does not know of it. A row goes on in the next one where
the next word had no more room in it, unless the next one begins something of its own.
"""

from collections.abc import Callable
from functools import lru_cache, reduce
from operator import or_

import attrs

FRAME = "│┃║|"
_DEEPEST = 6
"""How many columns a line goes on deeper than it began: below the text of `❯ 1. `, and a bit."""

AROUND_TEXT = FRAME + " "
"""What stands beside the text of a line."""

_SCROLLBAR = frozenset("│┃║█▐▕░▒▁▂▃▄▅▆▇▀")
"""Ends a row, far from its text; parts of blocks are the ends of a bar that moves by less than a row."""

_PROMPT_SIGNS = frozenset("$#%❯")
"""End the prompt of a shell, which names user and machine."""

_PLUS_EDGES = ("+-", "+=")
"""Begin the edge of a box of ASCII."""

_FRESH = frozenset("❯›>»▶►▸→●○◉⏺•◦✦◆⎿✻✢✳✶✽·*-+☐☒◻◼✔✗✕✘■□─━═╭╰┌└╌▔▁▀▄╹╔╚←⏵⏸$#△⚠?")
"""What begins a line of its own."""


@attrs.frozen
class LogicalLines:
    """The lines of a screen that are not blank, from the top; four lists of one length, and what they hold."""

    rows: list[int]
    """The first row of each, from 0."""
    last_rows: list[int]
    """Another one where the line was wrapped."""
    texts: list[str]
    marks: list[int]
    """What patterns and shapes find in each."""
    every: int
    """All of that, added up, and perhaps more: what is not among it need not be looked for."""

    def drop_last(self) -> None:
        """Take away the lowest line."""
        for each in (self.rows, self.last_rows, self.texts, self.marks):
            each.pop()


def logical_lines(
    lines: tuple[str, ...], columns: int, marks: Callable[[str], int]
) -> LogicalLines:
    """Return the lines that are not blank, joined where they were wrapped.

    Args:
        lines: The rows of a screen.
        columns: Of the screen; 0 joins none.
        marks: Tells of a line what is found in it.
    """
    contents = list(map(_content, lines))
    rows = [row for row, text in enumerate(contents) if text]
    texts = list(filter(None, contents))
    wrapped = _wrapped(contents, rows, columns) if columns else ()
    if not wrapped:  # the rule, in wide panes
        return _marked(rows, rows.copy(), texts, marks)
    firsts: list[int] = []
    last_rows: list[int] = []
    texts = []
    for row in rows:
        if row in wrapped:
            last_rows[-1] = row
            texts[-1] = _joined(texts[-1], contents[row], columns)
        else:
            firsts.append(row)
            last_rows.append(row)
            texts.append(contents[row])
    return _marked(firsts, last_rows, texts, marks)


def _marked(
    rows: list[int], last_rows: list[int], texts: list[str], marks: Callable[[str], int]
) -> LogicalLines:
    found = list(map(marks, texts))
    return LogicalLines(rows, last_rows, texts, found, reduce(or_, found, 0))


def _wrapped(lines: list[str], rows: list[int], columns: int) -> list[int]:
    """Return the rows that go on with the row above."""
    long, end = columns // 2, len(lines) - 1
    return [
        row + 1
        for row in rows
        if len(lines[row]) > long
        and row < end
        and lines[row + 1]
        and _goes_on(lines[row], lines[row + 1], columns)
    ]


@lru_cache(512)
def _content(line: str) -> str:
    if not line.strip(AROUND_TEXT):
        return ""
    bare, end = line[:-1], line[-1]
    is_box = end in FRAME and line.lstrip()[0] in FRAME
    return bare.rstrip() if end in _SCROLLBAR and bare.endswith("  ") and not is_box else line


@lru_cache(512)
def _goes_on(line: str, following: str, columns: int) -> bool:
    inside, room = _inside(line, columns)
    next_inside, _ = _inside(following, columns)
    word = next_inside.lstrip()
    if not inside.strip() or not word or word[0] in _FRESH or _is_numbered(word):
        return False
    if (word[-1] in _PROMPT_SIGNS and "@" in word) or inside.lstrip()[:2] in _PLUS_EDGES:
        return False
    if len(next_inside) - len(word) > len(inside) - len(inside.lstrip()) + _DEEPEST:
        return False
    if inside.lstrip()[0] in "─━═╌▔▁▀▄╭╰┌└╹":
        return False
    return len(inside) + 1 + len(word.split(None, 1)[0]) > room


def _inside(line: str, columns: int) -> tuple[str, int]:
    """Return a line without its frame, and how many columns its text has room in."""
    bare = line.rstrip()
    if bare[-1:] in FRAME and bare.lstrip()[:1] in FRAME:
        end = len(bare) - 1
        start = bare.index(bare.lstrip()[:1]) + 1
        return " " * start + bare[start:end].rstrip(), end - 1
    return bare, columns


def _is_numbered(word: str) -> bool:
    head = word.split(None, 1)[0].strip("[]().")
    return head.isdigit() and not word[: len(head) + 1].isdigit()


def _joined(text: str, following: str, columns: int) -> str:
    more = following.strip().strip(FRAME).strip()
    before = text.rstrip()
    if before[-1:] in FRAME and before.lstrip()[:1] in FRAME:
        return f"{before[:-1].rstrip()} {more}"
    # A terminal cuts at the last column, even inside of a word.
    return before + more if len(before) % columns == 0 else f"{before} {more}"
