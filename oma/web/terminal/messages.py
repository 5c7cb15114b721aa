"""What a page may ask of a terminal, read from JSON. Hostile: anybody may send anything."""

import json

import attrs


@attrs.frozen
class Take:
    """Let me type."""


@attrs.frozen
class Release:
    """I do not want to type any more."""


@attrs.frozen
class Keys:
    """Bytes as a terminal sends them for keys."""

    data: bytes


@attrs.frozen
class Paste:
    """A text, to be put between brackets if the program wants that."""

    text: str


Message = Take | Release | Keys | Paste


def read_message(text: str) -> Message | None:
    """Return what `text` asks for; `None` for what nobody understands. Total."""
    try:
        match json.loads(text):
            case {"type": "take"}:
                return Take()
            case {"type": "release"}:
                return Release()
            case {"type": "keys", "hex": str(digits)} if digits.isascii():
                return Keys(bytes.fromhex(digits))
            case {"type": "paste", "text": str(pasted)}:
                # JSON can hold halves of characters, which nothing can be given.
                return Paste(pasted.encode("utf-8", "replace").decode())
            case _:
                return None
    except (ValueError, RecursionError):
        return None
