"""The kind of options that are colours; as those of `oma.config.kinds`."""

import re
from typing import ClassVar

import attrs

_TEXT = re.compile(r"theme|terminal|#[0-9a-f]{6}|[0-9]{1,3}")


@attrs.frozen
class Colour:
    """A colour of the terminal, or none of its own."""

    allowed: ClassVar[str] = (
        '"#rrggbb", a number of the palette from 0 to 255, "terminal" (its own colour of text) '
        'or "theme" (as the theme has it)'
    )

    def accept(self, value: object) -> str | None:
        """Return the text in small letters, a number as text too, when it is one of these."""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value) if 0 <= value <= 255 else None
        if not isinstance(value, str):
            return None
        text = value.lower()
        if not _TEXT.fullmatch(text) or not text.isascii():
            return None
        return text if not text.isdigit() or int(text) <= 255 else None
