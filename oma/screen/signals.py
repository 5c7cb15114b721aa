r"""What a pane's bytes say beside the text: sequences picked out across any chunk borders.

Follows the states of tmux 3.3a's `input.c` where sequences begin and end: a device control string
(DCS) ends at `ESC \` alone, and any other escape in it is dropped with the byte after it kept, so
that what programs wrap in `ESC P tmux; ... ESC \` is read as if it stood in the open. Bytes from
0x80 are text in UTF-8, never controls.
"""

import re
from enum import Enum

import attrs

from oma.model.signals import Bell, Signal
from oma.screen.osc import read_osc

MAX_BODY_BYTES = 8192
"""Longest OSC body that is read; the longest with a meaning here, OSC 7501, has 4096."""

_BEL = 0x07
_ESCAPE = 0x1B
_BACKSLASH = ord("\\")
_FIRST_FINAL = 0x40
_OPENS = re.compile(rb"\x07|\x1b[\]PX^_k]")
_ENDS_OSC = re.compile(rb"[\x07\x18\x1a\x1b]")
_ENDS_IGNORED = re.compile(rb"[\x18\x1a\x1b]")
_ENDS_HEAD = re.compile(rb"[\x18\x1a\x1b\x40-\x7e]")
_CONTROLS = bytes(range(0x20))
_PASSTHROUGH = b"tmux;"


class _Place(Enum):
    GROUND = 0  # text, and sequences that say nothing to a monitor
    OSC = 1
    IGNORED = 2  # a window name, SOS, PM or APC: a BEL in it is none
    HEAD = 3  # parameters of a DCS
    BODY = 4  # the rest of a DCS


_OPENED = {
    ord("]"): _Place.OSC,
    ord("P"): _Place.HEAD,
    ord("X"): _Place.IGNORED,
    ord("^"): _Place.IGNORED,
    ord("_"): _Place.IGNORED,
    ord("k"): _Place.IGNORED,
}


@attrs.define
class SignalScanner:
    """The scanner of one pane; keeps at most `MAX_BODY_BYTES` of an unfinished sequence."""

    _place: _Place = attrs.field(default=_Place.GROUND, init=False)
    _escaped: bool = attrs.field(default=False, init=False)
    """The last chunk ended in an escape whose meaning the next byte decides."""
    _body: bytearray = attrs.field(factory=bytearray, init=False)
    _wrapped: "SignalScanner | None" = attrs.field(default=None, init=False)
    """Reads what a passthrough wraps; made when the string turns out to be one."""

    def scan(self, data: bytes) -> list[Signal]:
        """Return the signals that `data` completes, in order. Total; chunks may be cut anywhere."""
        if self._escaped:
            self._escaped = False
            data = b"\x1b" + data
        elif self._place is _Place.GROUND and b"\x1b" not in data and b"\x07" not in data:
            return []
        signals: list[Signal] = []
        at = 0
        while at < len(data):
            at = self._step(data, at, signals)
        return signals

    def _step(self, data: bytes, at: int, signals: list[Signal]) -> int:
        """Go to the next border in `data`, take it, and return where to go on."""
        match self._place:
            case _Place.GROUND:
                return self._in_text(data, at, signals)
            case _Place.OSC:
                return self._in_osc(data, at, signals)
            case _Place.IGNORED:
                return self._in_ignored(data, at)
            case _Place.HEAD:
                return self._in_head(data, at)
            case _Place.BODY:
                return self._in_body(data, at, signals)

    def _in_text(self, data: bytes, at: int, signals: list[Signal]) -> int:
        opened = _OPENS.search(data, at)
        if opened is None:
            self._escaped = data.endswith(b"\x1b")
            return len(data)
        last = data[opened.end() - 1]
        if last == _BEL:
            signals.append(Bell())
        else:
            self._place = _OPENED[last]
            self._body.clear()
        return opened.end()

    def _in_osc(self, data: bytes, at: int, signals: list[Signal]) -> int:
        ending = _ENDS_OSC.search(data, at)
        border = ending.start() if ending else len(data)
        # One byte more than is read tells that there was more.
        self._body += data[at : min(border, at + MAX_BODY_BYTES + 1 - len(self._body))]
        if ending is None:
            return border
        if data[border] == _BEL:
            self._place = _Place.GROUND
            complete, after = True, border + 1
        else:
            complete, after = self._leave(data, border)
        if complete and len(self._body) <= MAX_BODY_BYTES:
            signal = read_osc(bytes(self._body).translate(None, _CONTROLS))
            if signal is not None:
                signals.append(signal)
        return after

    def _in_ignored(self, data: bytes, at: int) -> int:
        ending = _ENDS_IGNORED.search(data, at)
        return self._leave(data, ending.start())[1] if ending else len(data)

    def _in_head(self, data: bytes, at: int) -> int:
        ending = _ENDS_HEAD.search(data, at)
        if ending is None:
            return len(data)
        if data[ending.start()] < _FIRST_FINAL:
            return self._leave(data, ending.start())[1]
        self._place = _Place.BODY
        self._wrapped = None
        return ending.start()

    def _leave(self, data: bytes, border: int) -> tuple[bool, int]:
        """End a string at the ESC, CAN or SUB at `border`: whether properly, and where to go on."""
        if data[border] != _ESCAPE:
            self._place = _Place.GROUND
            return False, border + 1
        if border + 1 == len(data):
            self._escaped = True
            return False, border + 1
        self._place = _Place.GROUND
        # Any other escape breaks the string off, and opens what it opens.
        return (True, border + 2) if data[border + 1] == _BACKSLASH else (False, border)

    def _in_body(self, data: bytes, at: int, signals: list[Signal]) -> int:
        wrapped = bytearray()
        while at < len(data):
            escape = data.find(b"\x1b", at)
            if escape < 0:
                wrapped += data[at:]
                at = len(data)
                break
            wrapped += data[at:escape]
            at = escape + 2
            if at > len(data):
                self._escaped = True
            elif data[escape + 1] == _BACKSLASH:
                self._place = _Place.GROUND
                break
            else:
                wrapped.append(data[escape + 1])
        signals += self._unwrap(bytes(wrapped))
        return at

    def _unwrap(self, data: bytes) -> list[Signal]:
        if self._wrapped is None:
            missing = len(_PASSTHROUGH) - len(self._body)
            self._body += data[:missing]
            data = data[missing:]
            if missing and self._body == _PASSTHROUGH:
                self._wrapped = SignalScanner()
        return self._wrapped.scan(data) if self._wrapped else []
