"""A log as a recording that begins now: a header, how things stand, and every record from here on."""

from collections.abc import Iterable

import attrs

from oma.model.events import Record
from oma.model.past import past_change
from oma.model.standing import ChangesTold
from oma.recording.recording_format import Header, encode_header, encode_record
from oma.store.store import Store
from oma.store.tail import TailStep


@attrs.define
class LogEncoder:
    """The lines of one recording; records are numbered from 1, and time is counted from 0.

    Args:
        header: Of the log.
        store: Of the log.
    """

    header: Header
    store: Store
    _began_s: float = 0.0
    _seq: int = 0

    def begun(self, started_at: str) -> bytes:
        """Return header and checkpoint; a tail that is taken at the same moment has what follows.

        Args:
            started_at: The wall time now.
        """
        self.store.pass_time()
        self._began_s = self.store.t
        header = attrs.evolve(self.header, started_at=started_at, tmux=self.store.state.tmux)
        facts = [*self.store.checkpoint(), self._past()]
        told = [Record(0, self.store.t, event) for event in facts]
        return encode_header(header) + self._encoded(told)

    def _past(self) -> ChangesTold:
        changes = (past_change(told, self.store.t) for told in self.store.told)
        return ChangesTold(tuple(change for change in changes if change is not None))

    def told(self, steps: Iterable[TailStep]) -> bytes:
        """Return the records of these steps."""
        return self._encoded(step.record for step in steps)

    def _encoded(self, records: Iterable[Record]) -> bytes:
        lines = []
        for record in records:
            self._seq += 1
            t = max(0.0, round(record.t - self._began_s, 6))
            lines.append(encode_record(Record(self._seq, t, record.event)))
        return b"".join(lines)
