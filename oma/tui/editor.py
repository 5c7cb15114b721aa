"""One line of text that a person edits: (line, key) to line."""

import attrs

from oma.tui.cells import cells, showable


@attrs.frozen
class Editor:
    """A line with a cursor."""

    text: str = ""
    cursor: int = 0
    """Counted in characters, from 0 to the length of the text."""

    @property
    def cursor_cells(self) -> int:
        """Where the cursor stands, in cells from the start."""
        return cells(self.text[: self.cursor])

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
