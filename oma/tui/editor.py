"""One line of text that a person edits: (line, key) to line."""

import re

import attrs

from oma.tui.cells import cells, showable

_SIGNS = str.maketrans({"\n": "⏎", "\t": " "})
_PARTS = re.compile(r"([\n\t])")


@attrs.frozen
class Editor:
    """A line with a cursor."""

    text: str = ""
    cursor: int = 0
    """Counted in characters, from 0 to the length of the text."""

    @property
    def shown(self) -> str:
        """The line as it is shown: a newline in it as a sign, a tab as a blank."""
        return self.text.translate(_SIGNS)

    @property
    def cursor_cells(self) -> int:
        """Where the cursor stands, in cells from the start."""
        return cells(self.shown[: self.cursor])

    def seen(self, columns: int) -> tuple[str, int]:
        """Return the part of the line that is seen in so many cells, and the cursor's cell in it.

        The end that is being typed stays in sight.
        """
        text, cursor, start = self.shown, self.cursor_cells, 0
        while cursor > max(0, columns) and start < len(text):
            cursor -= cells(text[start])
            start += 1
        return text[start:], cursor

    def pasted(self, text: str, *, lines: bool = False) -> "Editor":
        """Return the line with a text put in at the cursor.

        Args:
            text: Of which nothing is a key.
            lines: Newlines and tabs of the text are kept; else they become blanks.
        """
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        kept = (
            [each if each in "\n\t" else showable(each) for each in _PARTS.split(text) if each]
            if lines
            else [showable(" ".join(text.split()))]
        )
        given = "".join(kept)
        return Editor(before + given + after, self.cursor + len(given))

    def typed(self, key: str) -> "Editor":
        """Return the line after a key; keys that mean nothing here change nothing."""
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        if len(key) == 1:
            shown = showable(key)
            return Editor(before + shown + after, self.cursor + len(shown))
        match key:
            case "Backspace":
                return Editor(before[:-1] + after, max(0, self.cursor - 1))
            case "Delete" | "C-d":
                return Editor(before + after[1:], self.cursor)
            case "C-u":
                return Editor(after, 0)
            case "C-k":
                return Editor(before, self.cursor)
            case "C-w":
                kept = before.rstrip().rpartition(" ")
                left = kept[0] + kept[1]
                return Editor(left + after, len(left))
            case _:
                return self._moved(key)

    def _moved(self, key: str) -> "Editor":
        places = {
            "Left": max(0, self.cursor - 1),
            "C-b": max(0, self.cursor - 1),
            "Right": min(len(self.text), self.cursor + 1),
            "C-f": min(len(self.text), self.cursor + 1),
            "Home": 0,
            "C-a": 0,
            "End": len(self.text),
            "C-e": len(self.text),
        }
        return attrs.evolve(self, cursor=places.get(key, self.cursor))
