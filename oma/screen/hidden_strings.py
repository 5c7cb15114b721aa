r"""Strings that tmux takes out of a pane's output and never shows, taken out before the emulator.

Other terminals print what tmux hides here: the window name of `ESC k NAME ST`, and what stands
in a device control string after an escape (programs wrap sequences for the outer terminal in
`ESC P tmux; ... ESC \`). As in tmux 3.3a (`input.c`), an escape ends any sequence but the body of
a device control string, which only `ESC \` ends. tmux also ignores DEL, for which the emulator would paint a cell.
"""

from enum import Enum

import attrs

_ESCAPE = 0x1B
_FINAL = range(0x40, 0x7F)
_CANCEL = (0x18, 0x1A)


class _Place(Enum):
    SHOWN = 0
    ESCAPE = 1  # the last byte was an escape; it has been passed on
    HEAD = 2  # parameters of a device control string
    BODY = 3
    BODY_ESCAPE = 4


_PENDING = {_Place.HEAD: b"\x1bP", _Place.BODY: b"\x1bPq", _Place.BODY_ESCAPE: b"\x1bPq\x1b"}


@attrs.define
class HiddenStrings:
    """The filter of one pane; chunks may be cut anywhere."""

    _place: _Place = attrs.field(default=_Place.SHOWN, init=False)

    def drop(self, data: bytes) -> bytes:
        """Return what of `data` a terminal may see; mostly that is `data` itself.

        DEL and device control strings are dropped, and `ESC k` becomes `ESC ^`, which opens a string that
        every terminal ignores. Total.
        """
        if b"\x7f" in data:
            data = data.replace(b"\x7f", b"")
        if self._place is _Place.SHOWN and b"\x1bP" not in data and b"\x1bk" not in data:
            if data[-1:] == b"\x1b":
                self._place = _Place.ESCAPE
            return data
        shown = bytearray()
        at = 0
        while at < len(data):
            at = self._step(data, at, shown)
        return bytes(shown)

    @property
    def pending(self) -> bytes | None:
        """Bytes that bring a new filter to where this one is; `None` outside of what is dropped."""
        return _PENDING.get(self._place)

    def _step(self, data: bytes, at: int, shown: bytearray) -> int:
        """Pass over one run of bytes in the current place; return where the next begins."""
        match self._place:
            case _Place.SHOWN:
                end = data.find(b"\x1b", at) + 1
                if end:
                    self._place = _Place.ESCAPE
                end = end or len(data)
                shown += data[at:end]
                return end
            case _Place.BODY:
                end = data.find(b"\x1b", at) + 1
                if end:
                    self._place = _Place.BODY_ESCAPE
                return end or len(data)
            case _Place.BODY_ESCAPE:
                self._place = _Place.SHOWN if data[at] == ord("\\") else _Place.BODY
            case _Place.ESCAPE:
                self._after_escape(data[at], shown)
            case _Place.HEAD:
                self._in_head(data[at], shown)
        return at + 1

    def _after_escape(self, byte: int, shown: bytearray) -> None:
        if byte == ord("P"):
            # The emulator has seen the escape: let that one open and close nothing.
            shown += b"\\"
            self._place = _Place.HEAD
        elif byte == _ESCAPE:
            shown.append(byte)
        else:
            shown.append(ord("^") if byte == ord("k") else byte)
            self._place = _Place.SHOWN

    def _in_head(self, byte: int, shown: bytearray) -> None:
        if byte == _ESCAPE:
            shown.append(byte)
            self._place = _Place.ESCAPE
        elif byte in _CANCEL:
            self._place = _Place.SHOWN
        elif byte in _FINAL:
            self._place = _Place.BODY
