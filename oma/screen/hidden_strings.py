r"""Strings that tmux takes out of a pane's output and never shows, taken out before the emulator.

Other terminals print what tmux hides here: the window name of `ESC k NAME ST`, and what stands
in a device control string after an escape (programs wrap sequences for the outer terminal in
`ESC P tmux; ... ESC \`). tmux also ignores DEL, for which the emulator would paint a cell.
"""

import re

import attrs

from oma.screen.escape_tokenizer import DCS, EscapeTokenizer, Sink

_STOP = re.compile(rb"\x1b(?![ -OQ-jl-~])")
"""Any other string may pass as text: what ends it ends it there, too."""


@attrs.define
class HiddenStrings(Sink):
    """The filter of one pane; chunks may be cut anywhere."""

    _tokenizer: EscapeTokenizer = attrs.field(
        factory=lambda: EscapeTokenizer(_STOP, strings_only=True), init=False
    )
    _drops: bool = attrs.field(default=False, init=False)
    """A device control string has begun and not ended."""
    _shown: bytearray = attrs.field(factory=bytearray, init=False)

    def drop(self, data: bytes) -> bytes:
        """Return what of `data` a terminal may see now; mostly that is `data` itself.

        DEL and device control strings are dropped, and `ESC k` becomes `ESC ^`, which opens a string that
        every terminal ignores. Total.
        """
        if b"\x7f" in data:
            data = data.replace(b"\x7f", b"")
        if self._tokenizer.in_text and _STOP.search(data) is None:
            return data
        self._tokenizer.feed(data, self)
        shown = bytes(self._shown)
        self._shown.clear()
        return shown

    @property
    def pending(self) -> bytes:
        """What stands behind the output that was shown so far, for a new filter to go on after it."""
        return self._tokenizer.pending

    def text(self, data: bytes, *, ends: bool) -> None:  # noqa: ARG002  # nothing is decoded
        """Show it."""
        self._shown += data

    def controls(self, data: bytes) -> None:
        """Show them."""
        self._shown += data

    def sequence(self, data: bytes) -> None:
        """Show it."""
        self._shown += data

    def string_begins(self, kind: int) -> None:
        """Show that a string begins; of one that is hidden, an end of nothing."""
        self._drops = kind == DCS
        if self._drops:
            self._shown += b"\x1b\\"
        else:
            self._shown += b"\x1b^" if kind == ord("k") else b"\x1b%c" % kind

    def string_data(self, data: bytes) -> None:
        """Show it, if the string is shown."""
        if not self._drops:
            self._shown += data

    def string_ends(self, ending: bytes) -> None:
        """Show it, if the string is shown; the escape that breaks one off may be dropped itself."""
        if not self._drops:
            self._shown += b"\x1b\\" if ending == b"\x1b" else ending
        self._drops = False
