r"""Frames that a program marks: between `CSI ? 2026 h` and `CSI ? 2026 l` nothing is to be shown.

>>> update = SynchronizedUpdate()
>>> update.take(b"\x1b[?2026hhalf of"), update.is_open, update.is_whole
(None, True, False)
>>> update.take(b" a frame\x1b[?2026l"), update.is_open, update.is_whole
(None, False, True)
"""

import attrs

_BEGIN, _END = b"\x1b[?2026h", b"\x1b[?2026l"
_MARK = _BEGIN[:-1]


@attrs.define
class SynchronizedUpdate:
    """Whether one pane's output is within a marked frame; chunks may be cut anywhere."""

    is_open: bool = False
    """A frame has begun and not ended."""
    is_whole: bool = False
    """The output ends with a frame that has ended."""
    cut: str = ""
    """The beginning of what may be a mark, in ASCII."""

    def take(self, data: bytes) -> None:
        """Take output."""
        if self.cut:
            data = self.cut.encode() + data
            self.cut = ""
        begun = ended = -1
        if _MARK in data:
            begun, ended = data.rfind(_BEGIN), data.rfind(_END)
        if begun != ended:  # else there is neither
            self.is_open = begun > ended
        self.is_whole = ended > begun and ended == len(data) - len(_END)
        start = data.rfind(b"\x1b", -len(_MARK))
        if start >= 0 and _MARK.startswith(data[start:]):
            self.cut = data[start:].decode()
