r"""What a pane's bytes say beside the text: signals picked out across any chunk borders.

What programs wrap for the outer terminal in `ESC P tmux; ... ESC \` is read as if it stood in the open.
"""

import re

import attrs

from oma.model.signals import Bell, Signal
from oma.screen.escape_tokenizer import DCS, OSC, EscapeTokenizer, Sink
from oma.screen.osc import read_osc

MAX_BODY_BYTES = 8192
"""Longest OSC body that is read; the longest with a meaning here, OSC 7501, has 4096."""

_STOP = re.compile(rb"[\x07\x1b](?!(?<=\x1b)[ -OQ-WYZ\[\\`-jl-~])")
_OPENS = re.compile(rb"\x1b(?![ -OQ-WYZ\[\\`-jl-~])")
"""Most output has none: found faster alone than together with the bell."""

_CONTROLS = bytes(range(0x20))
_PASSTHROUGH = b"tmux;"


@attrs.define
class SignalScanner(Sink):
    """The scanner of one pane; keeps at most `MAX_BODY_BYTES` of an unfinished sequence."""

    _tokenizer: EscapeTokenizer = attrs.field(
        factory=lambda: EscapeTokenizer(_STOP, strings_only=True), init=False
    )
    _kind: int = attrs.field(default=0, init=False)
    _body: bytearray = attrs.field(factory=bytearray, init=False)
    _wrapped: "SignalScanner | None" = attrs.field(default=None, init=False)
    """Reads what a passthrough wraps; made when the string turns out to be one."""
    _signals: list[Signal] = attrs.field(factory=list, init=False)

    def scan(self, data: bytes) -> list[Signal]:
        """Return the signals that `data` completes, in order. Total; chunks may be cut anywhere."""
        if self._tokenizer.in_text and b"\x07" not in data and _OPENS.search(data) is None:
            return []
        self._tokenizer.feed(data, self)
        signals, self._signals = self._signals, []
        return signals

    def controls(self, data: bytes) -> None:
        """Take bells."""
        self._signals += [Bell()] * data.count(b"\x07")

    def string_begins(self, kind: int) -> None:
        """Take the beginning of a string."""
        self._kind = kind
        self._body.clear()
        self._wrapped = None

    def string_data(self, data: bytes) -> None:
        """Take a part of an OSC or of a passthrough."""
        if self._kind == OSC:
            # One byte more than is read tells that there was more.
            self._body += data[: MAX_BODY_BYTES + 1 - len(self._body)]
        elif self._kind == DCS:
            self._unwrap(data)

    def string_ends(self, ending: bytes) -> None:
        """Take the end of an OSC, and what it says unless something broke it off."""
        is_whole = self._kind == OSC and ending in {b"\x07", b"\x1b\\"}
        if is_whole and len(self._body) <= MAX_BODY_BYTES:
            signal = read_osc(bytes(self._body).translate(None, _CONTROLS))
            if signal is not None:
                self._signals.append(signal)

    def _unwrap(self, data: bytes) -> None:
        if self._wrapped is None:
            missing = len(_PASSTHROUGH) - len(self._body)
            self._body += data[:missing]
            data = data[missing:]
            if missing and self._body == _PASSTHROUGH:
                self._wrapped = SignalScanner()
        if self._wrapped is not None:
            self._signals += self._wrapped.scan(data)
