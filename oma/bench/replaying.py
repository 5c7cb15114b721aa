"""The process that reads a recording as a replay does, and says how fast it was.

    python -m oma.bench.replaying make|read|lines|screens FILE [RECORDS]

`make` writes a recording of a hundred agents that repaint a line ten times a second. `read` decodes
its records; `lines` also folds them, but for the screens, of which nothing can be seen; `screens` folds
all, with every verdict. These three print records and CPU seconds.
"""

import sys
import time
from pathlib import Path

from oma import __version__
from oma.bench.workload import frame
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config, to_mapping
from oma.detection.thresholds import Thresholds
from oma.model.events import Event, PaneCaptured, PaneOutput, PaneSeen, Record, SessionOpened
from oma.model.ids import PaneId, SessionId, WindowId
from oma.recording.files import RecordingFile, open_recording
from oma.recording.recording_format import VERSION, Header, encode_header, encode_record
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules

AGENTS = 100
EVERY_S = 0.001
"""One frame in a millisecond: ten in a second from each of a hundred agents."""


def main() -> None:
    """Do what the command line asks for."""
    verb, file = sys.argv[1], Path(sys.argv[2])
    if verb == "make":
        make(file, int(sys.argv[3]))
        return
    began_s = time.process_time()
    records = read(file) if verb == "read" else fold(file, screens=verb == "screens")
    print(records, time.process_time() - began_s)


def make(file: Path, records: int) -> None:
    """Write the recording."""
    packaged = {profile.name: profile.definition for profile in packaged_profiles()}
    header = Header(
        VERSION, "2026-01-01T00:00:00+00:00", None, __version__, to_mapping(Config()), packaged
    )
    with RecordingFile.create(file) as out:
        out.write(encode_header(header))
        seq = 0

        def put(t: float, event: Event) -> None:
            nonlocal seq
            seq += 1
            out.write(encode_record(Record(seq, t, event)))

        for number in range(AGENTS):
            for event in _arrival(SessionId(f"${number}"), PaneId(f"%{number}")):
                put(0.0, event)
        for number in range(records):
            pane = PaneId(f"%{number % AGENTS}")
            put(round(1 + number * EVERY_S, 6), PaneOutput(pane, frame(number)))


def _arrival(session: SessionId, pane: PaneId) -> tuple[Event, ...]:
    seen = PaneSeen(pane, session, WindowId(f"@{session[1:]}"), 100, "bash", "", "/", 120, 40)
    return (
        SessionOpened(session, f"oma-agent-{session[1:]}"),
        seen,
        PaneCaptured(pane, 120, 40, 0, 0, alternate=False, data=b""),
    )


def read(file: Path) -> int:
    """Decode every record and return how many there are."""
    with open_recording(file) as records:
        return sum(1 for _ in records)


def fold(file: Path, *, screens: bool) -> int:
    """Fold every record and return how many there are; without its capture a pane has no screen."""
    fleet = Fleet(Rules(tuple(packaged_profiles()), Thresholds()))
    count = 0
    with open_recording(file) as records:
        for record in records:
            fleet.advance(record.t)
            if screens or type(record.event) is not PaneCaptured:
                fleet.fold(record)
            count += 1
    return count


if __name__ == "__main__":
    main()
