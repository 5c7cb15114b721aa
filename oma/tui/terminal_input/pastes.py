"""Tells pastes from keys in what a terminal sends, and leaves both as they are.

For who hands on what was typed; `decoder` is for who understands it.
"""

import attrs

BEGIN, END = b"\x1b[200~", b"\x1b[201~"

MOST_BYTES = 1 << 20
"""Of a paste; what is beyond is left out."""

_HELD = 3
"""Bytes of a beginning that are held: fewer may be keys of their own, that nobody shall wait for."""


@attrs.frozen
class Typed:
    """Bytes of keys."""

    data: bytes


@attrs.frozen
class Pasted:
    """The text of one paste; what is not UTF-8 is replaced."""

    text: str


@attrs.define
class PasteSplitter:
    """Takes what a terminal sends, cut anywhere."""

    _held: bytes = b""
    """The end of what was taken: it may be the beginning of a mark."""
    _paste: bytearray | None = None

    def feed(self, data: bytes) -> list[Typed | Pasted]:
        """Return what `data` completes, in order."""
        data, self._held = self._held + data, b""
        found: list[Typed | Pasted] = []
        while data:
            mark = BEGIN if self._paste is None else END
            part, is_there, rest = data.partition(mark)
            if not is_there:
                kept = _beginning(part, mark, 1 if self._paste is not None else _HELD)
                part, self._held = part[: len(part) - kept], part[len(part) - kept :]
            if self._paste is None:
                found += [Typed(part)] if part else []
                self._paste = bytearray() if is_there else None
            else:
                self._paste += part[: MOST_BYTES - len(self._paste)]
                if is_there:
                    found.append(Pasted(self._paste.decode(errors="replace")))
                    self._paste = None
            data = rest
        return found


def _beginning(data: bytes, mark: bytes, least: int) -> int:
    """Return how many bytes at the end of `data` a mark begins with; 0 for fewer than `least`."""
    lengths = range(len(mark) - 1, least - 1, -1)
    return next((n for n in lengths if data.endswith(mark[:n])), 0)
