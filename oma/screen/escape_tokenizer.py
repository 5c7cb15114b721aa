r"""Where escape sequences and strings begin and end in a pane's output, as tmux 3.3a reads them.

A terminal that is fed what tmux reads otherwise can be lied to, so the grammar of tmux's `input.c`
stands here once, and what is made of it is the affair of a `Sink`. Bytes from 0x80 are text in UTF-8,
never controls. CAN, SUB and an escape end whatever they stand in, but for the body of a device control
string (DCS), which `ESC \` alone ends: any other escape in it is dropped and the byte after it kept, so
that programs can wrap sequences for the outer terminal in `ESC P tmux; ... ESC \`. BEL ends an OSC only.
Controls within a sequence are carried out at once, and the sequence goes on.

    ESC [ 3 1 m           a control sequence
    ESC ( B               an escape sequence
    ESC ] 2 ; name BEL    a string: OSC; also DCS `P`, SOS `X`, PM `^`, APC `_`, a window's name `k`
"""

import re
from enum import Enum

import attrs

MAX_SEQUENCE_BYTES = 256
"""A longer sequence is left out: 32 parameters of SGR fit, and tmux ignores more than 63 bytes of them."""

OSC, DCS = ord("]"), ord("P")
_OPENERS = frozenset(b"]PX^_k")
_ESCAPE, _BACKSLASH = 0x1B, ord("\\")
_CANCEL = frozenset({0x18, 0x1A})

_WHOLE = re.compile(rb"\x1b(?:\[[0-?]{0,200}[ -/]{0,8}[@-~]|[0-OQ-WYZ\\`-jl-~]|[ -/]{1,8}[0-~])")
"""A sequence without controls in it, which most are."""

_CONTROLS = re.compile(rb"[\x00-\x17\x19\x1c-\x1f]+")
_NEITHER = re.compile(rb"[\x7f-\xff]+")
"""What tmux ignores within a sequence."""

_IGNORED = re.compile(rb"[\x00-\x17\x19\x1c-\x1f\x7f-\xff]+")
"""What it ignores in the head of a DCS: controls as well."""

_ENDS_OSC = re.compile(rb"[\x07\x18\x1a\x1b]")
_ENDS_STRING = re.compile(rb"[\x18\x1a\x1b]")


class Sink:
    """What is done with the parts of the output, which come in their order: here nothing."""

    __slots__ = ()

    def text(self, data: bytes, *, ends: bool) -> None:
        """Take text with its controls, and all else that the pattern of a tokenizer passes over.

        Args:
            data: May be empty.
            ends: Something else follows, so that no character goes on after it.
        """

    def controls(self, data: bytes) -> None:
        """Take controls at which the pattern stopped, or that stood within a sequence."""

    def sequence(self, data: bytes) -> None:
        """Take a complete escape or control sequence, without the controls that stood in it."""

    def string_begins(self, kind: int) -> None:
        """Take the beginning of a string; `kind` is the byte after the escape."""

    def string_data(self, data: bytes) -> None:
        """Take a part of a string; of a DCS its body, as tmux reads it."""

    def string_ends(self, ending: bytes) -> None:
        r"""Take the end of a string: BEL or `ESC \`, or what broke it off: CAN, SUB or an ESC."""


class _State(Enum):
    TEXT = 0
    ESCAPE = 1  # an escape and its intermediate bytes are held
    CONTROL = 2  # a control sequence is held
    OSC = 3
    STRING = 4  # SOS, PM, APC, a window's name
    HEAD = 5  # a DCS has begun
    NUMBERS = 6  # parameters of a DCS
    MARKS = 7  # intermediate bytes of a DCS
    DROPPED = 8  # a DCS whose parameters tmux does not understand
    BODY = 9
    BODY_ESCAPE = 10


_HEADS = {
    _State.HEAD: re.compile(rb"(?P<NUMBERS>[0-9;<-?])|(?P<MARKS>[ -/])|(?P<BODY>[@-~])"),
    _State.NUMBERS: re.compile(rb"(?P<NUMBERS>[0-9;]+)|(?P<MARKS>[ -/])|(?P<BODY>[@-~])"),
    _State.MARKS: re.compile(rb"(?P<MARKS>[ -/]+)|(?P<BODY>[@-~])"),
}
"""What may come where in the head of a DCS; its body begins with the byte that ends the head."""

_PENDING = {
    _State.HEAD: b"\x1bP",
    _State.NUMBERS: b"\x1bP1",
    _State.MARKS: b"\x1bP ",
    _State.DROPPED: b"\x1bP:",
    _State.BODY: b"\x1bPq",
    _State.BODY_ESCAPE: b"\x1bPq\x1b",
}


@attrs.define
class EscapeTokenizer:
    """The tokenizer of one pane; keeps `MAX_SEQUENCE_BYTES` of an unfinished sequence at most.

    Args:
        stop: Where text ends: an escape that may begin what the sink has to see, or a control. What it
            does not match is text, whole control sequences too.
        strings_only: The sink has no use for sequences: it gets the first two bytes of one as such, and the
            rest as text.
    """

    _stop: re.Pattern[bytes]
    _strings_only: bool
    _state: _State = attrs.field(default=_State.TEXT, init=False)
    _held: bytearray = attrs.field(factory=bytearray, init=False)
    _open: bool = attrs.field(default=False, init=False)
    """A string has begun, and the sink was not told of its end."""

    def feed(self, data: bytes, sink: Sink) -> None:
        """Take output, cut anywhere, and hand its parts to `sink`. Total, in linear time."""
        at = 0
        while at < len(data):
            match self._state:
                case _State.TEXT:
                    at = self._in_text(data, at, sink)
                case _State.ESCAPE:
                    at = self._in_escape(data, at, sink)
                case _State.CONTROL:
                    at = self._in_control(data, at, sink)
                case _State.OSC:
                    at = self._in_string(data, at, sink, _ENDS_OSC)
                case _State.STRING | _State.DROPPED:
                    at = self._in_string(data, at, sink, _ENDS_STRING)
                case _State.BODY | _State.BODY_ESCAPE:
                    at = self._in_body(data, at, sink)
                case _:
                    at = self._in_head(data, at, sink)

    @property
    def in_text(self) -> bool:
        """Whether no sequence and no string is unfinished, beside what the pattern passed over."""
        return self._state is _State.TEXT

    @property
    def pending(self) -> bytes:
        """Bytes that bring a new tokenizer to where this one is within a DCS or a sequence."""
        return _PENDING.get(self._state, bytes(self._held))

    def _in_text(self, data: bytes, at: int, sink: Sink) -> int:
        found = self._stop.search(data, at)
        if found is None:
            sink.text(data[at:], ends=False)
            return len(data)
        stop = found.start()
        sink.text(data[at:stop], ends=True)
        if data[stop] != _ESCAPE:
            sink.controls(data[stop : stop + 1])
            return stop + 1
        whole = None if self._strings_only else _WHOLE.match(data, stop)
        if whole is None:
            self._begin()
            return stop + 1
        sink.sequence(whole[0])
        return whole.end()

    def _in_escape(self, data: bytes, at: int, sink: Sink) -> int:
        end = self._within(data, at, sink)
        if end:
            return end
        byte = data[at]
        first = len(self._held) == 1
        if first and byte == _BACKSLASH and self._open:
            self._end(sink, b"\x1b\\")
            return at + 1
        self._break_off(sink)
        if first and byte in _OPENERS:
            self._open_string(byte, sink)
            return at + 1
        self._hold(data[at : at + 1])
        if self._strings_only or (byte >= 0x30 and not (first and byte == ord("["))):
            self._finish(sink)
        elif byte == ord("["):
            self._state = _State.CONTROL
        return at + 1

    def _in_control(self, data: bytes, at: int, sink: Sink) -> int:
        end = self._within(data, at, sink)
        if end:
            return end
        self._hold(data[at : at + 1])
        if data[at] >= 0x40:
            self._finish(sink)
        return at + 1

    def _within(self, data: bytes, at: int, sink: Sink) -> int:
        """Take what is no part of the sequence that it stands in; return its end, 0 for all else."""
        byte = data[at]
        if byte == _ESCAPE:
            self._break_off(sink)
            self._begin()
            return at + 1
        if byte in _CANCEL:
            self._break_off(sink)
            self._state = _State.TEXT
            self._held.clear()
            return at + 1
        controls = _CONTROLS.match(data, at)
        if controls is not None:
            sink.controls(controls[0])
            return controls.end()
        ignored = _NEITHER.match(data, at)
        return 0 if ignored is None else ignored.end()

    def _hold(self, data: bytes) -> None:
        if len(self._held) <= MAX_SEQUENCE_BYTES:
            self._held += data

    def _finish(self, sink: Sink) -> None:
        self._state = _State.TEXT
        if len(self._held) <= MAX_SEQUENCE_BYTES:
            sink.sequence(bytes(self._held))
        self._held.clear()

    def _begin(self) -> None:
        self._state = _State.ESCAPE
        self._held[:] = b"\x1b"

    def _open_string(self, kind: int, sink: Sink) -> None:
        self._held.clear()
        self._open = True
        if kind == DCS:
            self._state = _State.HEAD
        else:
            self._state = _State.OSC if kind == OSC else _State.STRING
        sink.string_begins(kind)

    def _break_off(self, sink: Sink) -> None:
        if self._open:
            self._open = False
            sink.string_ends(b"\x1b")

    def _end(self, sink: Sink, ending: bytes) -> None:
        self._state = _State.TEXT
        self._held.clear()
        self._open = False
        sink.string_ends(ending)

    def _in_string(self, data: bytes, at: int, sink: Sink, ends: re.Pattern[bytes]) -> int:
        found = ends.search(data, at)
        end = found.start() if found else len(data)
        if end > at and self._state is not _State.DROPPED:
            sink.string_data(data[at:end])
        if found is None:
            return end
        if data[end] == _ESCAPE:
            self._begin()  # the byte after it tells what the escape is
        else:
            self._end(sink, found[0])
        return end + 1

    def _in_head(self, data: bytes, at: int, sink: Sink) -> int:
        byte = data[at]
        if byte == _ESCAPE:
            self._begin()
            return at + 1
        if byte in _CANCEL:
            self._end(sink, data[at : at + 1])
            return at + 1
        ignored = _IGNORED.match(data, at)
        if ignored is not None:
            return ignored.end()
        found = _HEADS[self._state].match(data, at)
        if found is None or found.lastgroup is None:
            self._state = _State.DROPPED
            return at + 1
        self._state = _State[found.lastgroup]
        return at if self._state is _State.BODY else found.end()

    def _in_body(self, data: bytes, at: int, sink: Sink) -> int:
        """Take the rest of a DCS, or as much of it as there is."""
        body = bytearray()
        while at < len(data):
            if self._state is _State.BODY_ESCAPE:
                if data[at] == _BACKSLASH:
                    break
                body.append(data[at])
                self._state, at = _State.BODY, at + 1
            escape = data.find(b"\x1b", at)
            end = escape if escape >= 0 else len(data)
            body += data[at:end]
            at = end + 1
            if escape >= 0:
                self._state = _State.BODY_ESCAPE
        if body:
            sink.string_data(bytes(body))
        if at < len(data):
            self._end(sink, b"\x1b\\")
            return at + 1
        return len(data)
