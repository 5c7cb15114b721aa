"""Lines as an agent wrote them: rows that were wrapped to the width of the pane are joined again.

Agents wrap their own text, so the terminal does not know of it. A row goes on in the next one where
the next word had no more room in it, unless the next one begins something of its own.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, reduce
from itertools import compress, pairwise
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
    lines: tuple[str, ...], columns: int, marks_of: Callable[[str], int]
) -> LogicalLines:
    """Return the lines that are not blank, joined where they were wrapped.

    Args:
        lines: The rows of a screen.
        columns: Of the screen; 0 joins none.
        marks_of: Tells of a line what is found in it.
    """
    contents = list(map(content, lines))
    wraps = [goes_on(row, following, columns) for row, following in pairwise(contents)]
    return joined(contents, list(map(marks_of, contents)), wraps, columns, marks_of)


def joined(
    contents: Sequence[str],
    marks: Sequence[int],
    wraps: Sequence[bool],
    columns: int,
    marks_of: Callable[[str], int],
) -> LogicalLines:
    """Return what `logical_lines` does, of what is known of each row.

    Args:
        contents: What `content` says of each row of a screen.
        marks: What is found in that.
        wraps: What `goes_on` says of each of them but the last.
        columns: Of the screen.
        marks_of: Tells of a joined line what is found in it.
    """
    rows = list(compress(range(len(contents)), contents))
    if True not in wraps:  # the rule, in wide panes
        found = list(compress(marks, contents))
        every = reduce(or_, found, 0)
        return LogicalLines(rows, rows.copy(), list(filter(None, contents)), found, every)
    firsts: list[int] = []
    last_rows: list[int] = []
    texts: list[str] = []
    for row in rows:
        if row and wraps[row - 1]:
            last_rows[-1] = row
            texts[-1] = _joined(texts[-1], contents[row], columns)
        else:
            firsts.append(row)
            last_rows.append(row)
            texts.append(contents[row])
    found = list(map(marks_of, texts))
    return LogicalLines(firsts, last_rows, texts, found, reduce(or_, found, 0))


def goes_on(line: str, following: str, columns: int) -> bool:
    """Say whether the content of a row goes on in that of the one below it; on a screen of 0 columns none does."""
    if not columns or len(line) <= columns // 2 or not following:
        return False
    return _goes_on(line, following, columns)


@lru_cache(512)
def content(line: str) -> str:
    """Return a row without a scrollbar; empty where nothing but a frame stands in it."""
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
