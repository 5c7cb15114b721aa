"""What a page may ask of a terminal, read from JSON. Hostile: anybody may send anything."""

import json

import attrs


@attrs.frozen
class TakeControl:
    """Let me type."""


@attrs.frozen
class ReleaseControl:
    """I do not want to type any more."""


@attrs.frozen
class TypeKeys:
    """Bytes as a terminal sends them for keys."""

    data: bytes


@attrs.frozen
class PasteText:
    """A text, to be put between brackets if the program wants that."""

    text: str


@attrs.frozen
class AskHistory:
    """Show me what has scrolled away, too."""


Message = TakeControl | ReleaseControl | TypeKeys | PasteText | AskHistory


def read_message(text: str) -> Message | None:
    """Return what `text` asks for; `None` for what nobody understands. Total."""
    try:
        match json.loads(text):
            case {"type": "take"}:
                return TakeControl()
            case {"type": "release"}:
                return ReleaseControl()
            case {"type": "history"}:
                return AskHistory()
            case {"type": "keys", "hex": str(digits)} if digits.isascii():
                return TypeKeys(bytes.fromhex(digits))
            case {"type": "paste", "text": str(pasted)}:
                # JSON can hold halves of characters, which nothing can be given.
                return PasteText(pasted.encode("utf-8", "replace").decode())
            case _:
                return None
    except (ValueError, RecursionError):
        return None
