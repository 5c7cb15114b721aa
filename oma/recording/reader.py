"""Reads a recording as a stream: header first, then one record at a time, in bounded memory.

A crash may cut the end of a file, so a torn tail is tolerated and reported. Anything wrong before
the end means that records are missing or altered, and is refused.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from oma.errors import RecordingError
from oma.model.events import Record
from oma.recording.recording_format import Header, decode_header, decode_record, is_cut

TORN_LINE = "last line is incomplete and was left out"
TORN_STREAM = "compressed data ends early; whatever came after the last record is lost"


class RecordingReader:
    """One pass over the records of a recording.

    Args:
        reads: The lines that each read of the file completed, each line with its newline. A last line
            without one was cut; an empty last line means that compressed data ended early at the end
            of a line.
        source: Name of the file, for messages.

    Raises:
        RecordingError: no line, or the first one is no header that this version reads.
    """

    header: Header
    torn: str | None
    """After the last record: what is wrong with the end of the file, or `None`."""

    def __init__(self, reads: Iterable[Sequence[bytes]], source: str) -> None:
        self.torn = None
        self._source = source
        self._reads = iter(reads)
        first, *self._waiting = next((lines for lines in self._reads if lines), (b"",))
        if not first:
            raise RecordingError(f"{source}: empty: expected a recording")
        self.header = decode_header(first, source)
        if not first.endswith(b"\n"):
            raise RecordingError(f"{source}:1: the header is incomplete: nothing was recorded")
        self._lines_read = 1
        self._seq = 0
        self._t = 0.0

    def __iter__(self) -> Iterator[Record]:
        """Yield the records that were not yielded before.

        Raises:
            RecordingError: a line holds no record, or `seq` does not grow by one from 1, or `t`
                goes back; the text names file, line number and what was expected.
        """
        return chain.from_iterable(self.batches())

    def batches(self) -> Iterator[list[Record]]:
        """Yield the records that were not yielded before, those of one read of the file together.

        The next batch of a stream is waited for only when it is asked for.

        Raises:
            RecordingError: As when they are taken one by one, after the records before.
        """
        for lines in chain((self._waiting,), self._reads):
            batch: list[Record] = []
            wrong: RecordingError | None = None
            for index, line in enumerate(lines):
                try:
                    record = self._record(line, is_last=index == len(lines) - 1)
                except RecordingError as failure:
                    wrong = failure
                    break
                if record is None:
                    break
                batch.append(record)
            if batch:
                yield batch
            if wrong is not None:
                raise wrong
            if self.torn is not None:
                return

    def _record(self, line: bytes, *, is_last: bool) -> Record | None:
        """Return the record of the next line; `None` for one that was cut, which `torn` then says."""
        self._lines_read += 1
        if line[-1:] != b"\n":
            self.torn = TORN_LINE if line else TORN_STREAM
            return None
        try:
            record = decode_record(line)
        except RecordingError as wrong:
            if is_cut(line) and is_last and not any(self._reads):
                self.torn = TORN_LINE
                return None
            raise RecordingError(f"{self._place}: {wrong}") from None
        seq, t = record.seq, record.t
        if seq != self._seq + 1:
            raise RecordingError(f"{self._place}: 'seq': expected {self._seq + 1}, got {seq}")
        if t < self._t:
            raise RecordingError(f"{self._place}: 't': expected {self._t} or later, got {t}")
        self._seq, self._t = seq, t
        return record

    @property
    def _place(self) -> str:
        """Where the line stands that was read last."""
        return f"{self._source}:{self._lines_read}"
