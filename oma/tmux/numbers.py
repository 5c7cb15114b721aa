"""Numbers as tmux prints them."""

from oma.errors import ProtocolError

_MAX_DIGITS = 20
"""Of any number that tmux prints (64 bits); more would make `int` slow, then refuse."""


def parse_number(text: str | bytes) -> int:
    """Return a number as tmux prints it.

    Raises:
        ProtocolError: `text` is not 1 to 20 ASCII digits.
    """
    if text.isdigit() and text.isascii() and len(text) <= _MAX_DIGITS:
        return int(text)
    raise ProtocolError(f"not a number: {text!r}")
