"""What a person does at the terminal, as values: the painter makes them, the view takes them."""

import attrs


@attrs.frozen
class Key:
    """A key: the character it types, or its name: `Enter`, `Up`, `PageDown`, `C-l`."""

    name: str


@attrs.frozen
class Click:
    """The first button of the mouse, at a cell counted from 0."""

    row: int
    column: int
    double: bool = False


@attrs.frozen
class Wheel:
    """The wheel of the mouse: -1 is up, away from the person."""

    steps: int


@attrs.frozen
class Paste:
    """A text that was pasted: whatever is in it, none of it is a key."""

    text: str
    """Its lines are parted by newlines; other control characters than tabs are left out."""


Input = Key | Click | Wheel | Paste
