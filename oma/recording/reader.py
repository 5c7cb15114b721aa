"""Reads a recording as a stream: header first, then one record at a time, in bounded memory.

A crash may cut the end of a file, so a torn tail is tolerated and reported. Anything wrong before
the end means that records are missing or altered, and is refused.
"""

from collections.abc import Iterable, Iterator

from oma.errors import RecordingError
from oma.model.events import Record
from oma.recording.recording_format import Header, decode_header, decode_record, is_cut

TORN_LINE = "last line is incomplete and was left out"
TORN_STREAM = "compressed data ends early; whatever came after the last record is lost"


class RecordingReader:
    """One pass over the records of a recording.

    Args:
        lines: Each with its newline. A last line without one was cut; an empty last line means
            that compressed data ended early at the end of a line.
        source: Name of the file, for messages.

    Raises:
        RecordingError: no line, or the first one is no header that this version reads.
    """

    header: Header
    torn: str | None
    """After the last record: what is wrong with the end of the file, or `None`."""

    def __init__(self, lines: Iterable[bytes], source: str) -> None:
        self.torn = None
        self._source = source
        self._lines = iter(lines)
        first = next(self._lines, b"")
        if not first:
            raise RecordingError(f"{source}: empty: expected a recording")
        self.header = decode_header(first, source)
        if not first.endswith(b"\n"):
            raise RecordingError(f"{source}:1: the header is incomplete: nothing was recorded")

    def __iter__(self) -> Iterator[Record]:
        """Yield the records that were not yielded before.

        Raises:
            RecordingError: a line holds no record, or `seq` does not grow by one from 1, or `t`
                goes back; the text names file, line number and what was expected.
        """
        seq = 0
        t = 0.0
        for number, line in enumerate(self._lines, start=2):
            if not line.endswith(b"\n"):
                self.torn = TORN_LINE if line else TORN_STREAM
                return
            try:
                record = decode_record(line)
            except RecordingError as wrong:
                if is_cut(line) and next(self._lines, None) is None:
                    self.torn = TORN_LINE
                    return
                raise RecordingError(f"{self._source}:{number}: {wrong}") from None
            if record.seq != seq + 1:
                message = f"{self._source}:{number}: 'seq': expected {seq + 1}, got {record.seq}"
                raise RecordingError(message)
            if record.t < t:
                message = f"{self._source}:{number}: 't': expected {t} or later, got {record.t}"
                raise RecordingError(message)
            seq = record.seq
            t = record.t
            yield record
