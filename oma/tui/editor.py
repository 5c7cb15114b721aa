"""One line of text that a user edits: (line, key) to line.

The text is content, and stays as it was typed or pasted: joiners, variation selectors, decomposed
syllables and characters newer than our tables are all part of it. Only what it looks like in the
dashboard is made fit for a terminal.
"""

import re
import unicodedata

import attrs

from oma.tui.cells import cells, showable
from oma.tui.graphemes import boundary_after, boundary_before

_SIGNS = {"\n": "⏎", "\t": " "}
_LINES = re.compile(r"[\n\t]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@attrs.frozen
class Editor:
    """A line with a cursor, which moves by what a user takes for one character."""

    text: str = ""
    cursor: int = 0
    """Counted in code points, from 0 to the length of the text."""

    def seen(self, columns: int) -> tuple[str, int]:
        """Return the part of the line that is seen, and the cursor's cell in it.

        The end that is being typed stays in sight.

        Args:
            columns: The cells there are before the cursor's own.
        """
        start, used, before = self.cursor, 0, ""
        while start > 0:
            earlier = boundary_before(self.text, start)
            part = _sign(self.text[earlier:start])
            if used + cells(part) > max(0, columns):
                break
            start, used, before = earlier, used + cells(part), part + before
        end, filled, after = self.cursor, used, ""
        while end < len(self.text) and filled <= columns:
            later = boundary_after(self.text, end)
            part = _sign(self.text[end:later])
            end, filled, after = later, filled + cells(part), after + part
        return before + after, used

    def pasted(self, text: str, *, lines: bool = False) -> "Editor":
        """Return the line with a text put in at the cursor; what is not `sendable` is left out.

        Args:
            text: Of which nothing is a key.
            lines: Newlines and tabs of the text are kept; else they become blanks.
        """
        given = sendable(text)
        return self._with(given if lines else _LINES.sub(" ", given.strip("\n\t")))

    def typed(self, key: str) -> "Editor":
        """Return the line after a key; keys that mean nothing here change nothing."""
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        if len(key) == 1:
            return self._with(sendable(key))
        match key:
            case "Backspace":
                kept = before[: boundary_before(self.text, self.cursor)]
                return Editor(kept + after, len(kept))
            case "Delete" | "C-d":
                left = self.text[boundary_after(self.text, self.cursor) :]
                return Editor(before + left, self.cursor)
            case "C-u":
                return Editor(after, 0)
            case "C-k":
                return Editor(before, self.cursor)
            case "C-w":
                words = before.rstrip().rpartition(" ")
                kept = words[0] + words[1]
                return Editor(kept + after, len(kept))
            case _:
                return self._moved(key)

    def _with(self, given: str) -> "Editor":
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        return Editor(before + given + after, self.cursor + len(given))

    def _moved(self, key: str) -> "Editor":
        match key:
            case "Left" | "C-b":
                cursor = boundary_before(self.text, self.cursor)
            case "Right" | "C-f":
                cursor = boundary_after(self.text, self.cursor)
            case "Home" | "C-a":
                cursor = 0
            case "End" | "C-e":
                cursor = len(self.text)
            case _:
                return self
        return attrs.evolve(self, cursor=cursor)


def sendable(text: str) -> str:
    """Return `text` without what no agent can be sent as text: control characters but lines and tabs.

    A program at the other end would take them for keys.
    """
    return _CONTROLS.sub("", text)


def _sign(cluster: str) -> str:
    """Return how one character is shown: composed, since its parts alone may have no width."""
    return _SIGNS.get(cluster) or showable(unicodedata.normalize("NFC", cluster))
