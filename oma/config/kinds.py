"""The kinds of options: which values each accepts, and how that is said to a user.

A kind is total: `accept` returns the value in the type that `Config` holds, or `None` when it
refuses. TOML has no null, so `None` is never a value. `allowed` names the accepted values, to follow
"expected".
"""

import string
import sys
from typing import ClassVar, Protocol, TypeGuard, TypeVar

import attrs

NAME_CHARACTERS = frozenset(string.ascii_letters + string.digits + "_-")
"""What names of agents are made of; none of them means anything in a tmux target or format."""

NAMED_KEYS = (
    *("Enter", "Tab", "BackTab", "Backspace", "Delete", "Up", "Down", "Left", "Right"),
    *("Home", "End", "PageUp", "PageDown", "Space"),
)
"""Keys that type no character; Escape is not among them: it leaves whatever is open."""

_TAKEN_KEYS = frozenset({"C-c", "C-h", "C-i", "C-j", "C-m", "C-z"})
"""Signals of the terminal, and the bytes that Backspace, Tab and Enter send."""


def _is_text(value: object) -> TypeGuard[str]:
    if not isinstance(value, str) or not value.strip():
        return False
    return not any(character < " " or character == "\x7f" for character in value)


@attrs.frozen
class Seconds:
    """A duration in seconds, whole or not, of at least `at_least_s` or of more than `above_s`."""

    at_least_s: float | None = None
    above_s: float | None = None

    @property
    def allowed(self) -> str:
        """Name the accepted values, to follow "expected"."""
        if self.at_least_s is None:
            return f"a number of seconds greater than {self.above_s:g}"
        return f"a number of seconds, {self.at_least_s:g} or more"

    def accept(self, value: object) -> float | None:
        """Return `value` as a float; whole numbers are welcome, truth values and `inf` are not."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        # Written so that nan, and an integer that no float can hold, are refused as well.
        if not abs(value) <= sys.float_info.max:
            return None
        if self.at_least_s is not None and value < self.at_least_s:
            return None
        if self.above_s is not None and value <= self.above_s:
            return None
        return float(value)


@attrs.frozen
class WholeNumber:
    """An integer from `at_least` to `at_most`, both included, in `unit`."""

    unit: str
    at_least: int
    at_most: int

    @property
    def allowed(self) -> str:
        """Name the accepted values, to follow "expected"."""
        return f"a whole number of {self.unit} from {self.at_least} to {self.at_most}"

    def accept(self, value: object) -> int | None:
        """Return `value` when it is an integer in range; truth values are not integers."""
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        return value if self.at_least <= value <= self.at_most else None


@attrs.frozen
class Switch:
    """On or off."""

    allowed: ClassVar[str] = "true or false"

    def accept(self, value: object) -> bool | None:
        """Return `value` when it is a truth value."""
        return value if isinstance(value, bool) else None


@attrs.frozen
class Text:
    """A text on one line that is not blank."""

    allowed: ClassVar[str] = "a text on one line that is not blank"

    def accept(self, value: object) -> str | None:
        """Return `value` when it is such a text."""
        return value if _is_text(value) else None


@attrs.frozen
class Name:
    """A text that can be part of a session's name as it is: tmux changes `:` and `.` in names."""

    allowed: ClassVar[str] = "letters, digits, '_' and '-', at least one"

    def accept(self, value: object) -> str | None:
        """Return `value` when it is such a text."""
        return (
            value if isinstance(value, str) and value and set(value) <= NAME_CHARACTERS else None
        )


@attrs.frozen
class Choice:
    """One of some fixed words."""

    words: tuple[str, ...]
    besides: str = ""
    """What else a file may hold, which the loader puts a word in the place of."""

    @property
    def allowed(self) -> str:
        """Name the accepted values, to follow "expected"."""
        words = " or ".join(f'"{word}"' for word in self.words)
        return f"{words} or {self.besides}" if self.besides else words

    def accept(self, value: object) -> str | None:
        """Return `value` when it is one of the words."""
        return value if isinstance(value, str) and value in self.words else None


class TextList:
    """Base of the lists, possibly empty, of texts of one kind."""

    __slots__ = ()

    def fits(self, text: str, /) -> object:
        """Say whether a text may stand in the list."""
        raise NotImplementedError

    def accept(self, value: object) -> tuple[str, ...] | None:
        """Return the texts in their order when each is one that fits."""
        if not isinstance(value, list | tuple):
            return None
        texts = tuple(item for item in value if isinstance(item, str) and self.fits(item))
        return texts if len(texts) == len(value) else None


@attrs.frozen
class Texts(TextList):
    """A list of texts on one line that are not blank."""

    allowed: ClassVar[str] = "a list of texts, each on one line and not blank"
    fits = staticmethod(_is_text)


@attrs.frozen
class Variables(TextList):
    """Environment variables: `NAME`, or `NAME=VALUE`."""

    allowed: ClassVar[str] = 'a list of variables, each "NAME" or "NAME=VALUE" on one line'

    def fits(self, text: str, /) -> bool:
        """Say whether it is a variable."""
        name = text.partition("=")[0]
        return name.isidentifier() and name.isascii() and _is_text(text)


@attrs.frozen
class KeyNames(TextList):
    """The keys that do one thing: characters, and names of `NAMED_KEYS`; no digits, which answer dialogs."""

    allowed: ClassVar[str] = (
        f"a list of keys, each a character, C-a to C-z, {', '.join(NAMED_KEYS)}"
    )

    def fits(self, text: str, /) -> bool:
        """Say whether it is a key."""
        if len(text) == 1:
            return text.isprintable() and not text.isdigit()
        control = len(text) == 3 and text.startswith("C-") and text[2] in string.ascii_lowercase
        return text in NAMED_KEYS or (control and text not in _TAKEN_KEYS)


@attrs.frozen
class Extent:
    """A share of what there is, or a number of terminal columns, as tmux writes both."""

    at_least_percent: int
    at_most_percent: int
    at_least_columns: int
    at_most_columns: int

    @property
    def allowed(self) -> str:
        """Name the accepted values, to follow "expected"."""
        return (
            f'a percentage from "{self.at_least_percent}%" to "{self.at_most_percent}%", or a '
            f"number of columns from {self.at_least_columns} to {self.at_most_columns}"
        )

    def accept(self, value: object) -> str | None:
        """Return "40%" or "90" without zeros in front; an integer is a number of columns."""
        if isinstance(value, int) and not isinstance(value, bool):
            return self._columns(value)
        if not isinstance(value, str):
            return None
        digits = value.removesuffix("%")
        # Python refuses to convert a text of thousands of digits; no number in range has six.
        if not (digits.isascii() and digits.isdigit() and len(digits) < 6):
            return None
        if digits == value:
            return self._columns(int(digits))
        inside = self.at_least_percent <= int(digits) <= self.at_most_percent
        return f"{int(digits)}%" if inside else None

    def _columns(self, number: int) -> str | None:
        return str(number) if self.at_least_columns <= number <= self.at_most_columns else None


class Kind(Protocol):
    """What an option may be."""

    @property
    def allowed(self) -> str:
        """The accepted values, to follow "expected"."""

    def accept(self, value: object) -> object:
        """Return `value` in the type that `Config` holds; `None` where it is refused."""


Value = TypeVar("Value")


def option(default: Value, kind: Kind, about: str) -> Value:
    """Return the field of an option.

    Args:
        default: Its value where none is given.
        kind: What it accepts; in the field's metadata, as what follows.
        about: One sentence for a user.
    """
    field: Value = attrs.field(default=default, metadata={"kind": kind, "about": about})
    return field
