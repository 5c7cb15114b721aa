"""The log of a machine as it is published: entries with some of its records each. Sans I/O.

Records keep the numbers and times that they have on their machine, so entries that follow one another are
its recording. At some entries a reader may begin who has not read those before: these carry how things stood.
What is read is hostile.
"""

from collections.abc import Iterator

import attrs

from oma.errors import RecordingError
from oma.model.events import Record
from oma.recording.compression import unpack
from oma.recording.recording_format import Header, decode_header, decode_record

MOST_BYTES = 64 << 20
"""Of an entry, unpacked."""


@attrs.frozen
class PublishedEntry:
    """Some records of the log of one run."""

    boot: int
    """Of the run; larger than those of runs before."""
    first: int
    """The number of its first record."""
    last: int
    records: bytes
    """Their lines, packed."""
    begin: bytes | None = None
    """A header and how things stood before them, packed; `None` where a reader cannot begin."""
    began_s: float = 0.0
    """When that was, in seconds of the log."""

    @property
    def place(self) -> tuple[int, int]:
        """Orders the entries of a machine."""
        return self.boot, self.last


@attrs.frozen
class Beginning:
    """A log begins anew here, for a reader who has read none or has missed some."""

    header: Header
    boot: int
    first: int
    """The number that the next record has on its machine."""
    missing: str = ""
    """What was missed, in words; empty where nothing was."""


@attrs.define
class LogJoiner:
    """Makes logs of entries, for one reader of one machine.

    Args:
        source: What messages call it.
    """

    source: str
    place: tuple[int, int] = (0, 0)
    """Of the entry that was read last."""
    _stands: bool = False
    """What comes next may follow."""
    _missed_from: tuple[int, int] | None = None
    _seq: int = 0
    _t: float = 0.0
    _began_s: float = 0.0

    def take(self, entry: PublishedEntry) -> Iterator[Beginning | Record]:
        """Give what an entry says that was not read before; nothing where it can be understood by no reader.

        Records are numbered from 1 after each beginning, and their times count from there.

        Raises:
            RecordingError: It is damaged.
        """
        if entry.place <= self.place:
            return
        boot, last = self.place
        follows = self._stands and (entry.boot, entry.first) == (boot, last + 1)
        if not follows:
            if self._stands:
                self._missed_from = self.place
            self._stands = False
        self.place = entry.place
        if not follows:
            if entry.begin is None:
                return
            yield from self._begin(entry, entry.begin)
        yield from self._records(entry)

    def _records(self, entry: PublishedEntry) -> Iterator[Record]:
        number = entry.first
        for line in unpack(entry.records, MOST_BYTES).splitlines(keepends=True):
            record = decode_record(line)
            if record.seq != number:
                raise RecordingError(f"{self.source}: record {record.seq} in place of {number}")
            yield self._numbered(attrs.evolve(record, t=round(record.t - self._began_s, 6)))
            number += 1
        if number != entry.last + 1:
            raise RecordingError(f"{self.source}: an entry without its last records")

    def _begin(self, entry: PublishedEntry, begin: bytes) -> Iterator[Beginning | Record]:
        first, *facts = unpack(begin, MOST_BYTES).splitlines(keepends=True) or [b""]
        yield Beginning(
            decode_header(first, self.source), entry.boot, entry.first, self._missing(entry)
        )
        self._seq, self._t, self._began_s, self._stands = 0, 0.0, entry.began_s, True
        for line in facts:
            yield self._numbered(decode_record(line))

    def _missing(self, entry: PublishedEntry) -> str:
        missed, self._missed_from = self._missed_from, None
        if missed is None:
            return ""
        boot, last = missed
        if entry.boot == boot:
            return f"records {last + 1} to {entry.first - 1} are missing"
        before = entry.first - 1
        return f"records 1 to {before} are missing" if before and entry.began_s > 0 else ""

    def _numbered(self, record: Record) -> Record:
        self._seq, self._t = self._seq + 1, max(self._t, record.t)
        return Record(self._seq, self._t, record.event)
