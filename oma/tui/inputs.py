"""What the user does at the terminal, as values: the decoder makes them, `update` takes them.

A paste is a value of its own: none of its characters is taken for a key, and none runs a command.

>>> Key("C-l"), Wheel(-1)
(Key(name='C-l'), Wheel(steps=-1))
"""

import attrs


@attrs.frozen
class Key:
    """A key: the character that it types, or its name: `Enter`, `Up`, `PageDown`, `C-l`, `M-x`.

    Modifiers stand before the name in the order `C-`, `M-`, `S-`; Shift is not named where it makes
    another character.
    """

    name: str


@attrs.frozen
class Click:
    """The first button of the mouse, at a cell counted from 0."""

    row: int
    column: int
    double: bool = False


@attrs.frozen
class Wheel:
    """The wheel of the mouse: -1 is up, away from the user."""

    steps: int


@attrs.frozen
class Paste:
    """A text that was pasted: whatever is in it, none of it is a key."""

    text: str
    """As it came; its lines are parted by newlines. It may hold control characters."""


@attrs.frozen
class Background:
    """The terminal says which colour its background has: each part from 0 to 1."""

    red: float
    green: float
    blue: float


Input = Key | Click | Wheel | Paste
"""What the user does."""

Received = Input | Background
"""What a terminal sends."""
