"""Small recordings, and a transcript of a real agent."""

from pathlib import Path

from oma.config.schema import Config, to_mapping
from oma.model.events import Event, MonitorStopped, PaneOutput, Record, SessionOpened
from oma.recording.files import RecordingFile
from oma.recording.recording_format import VERSION, Header, encode_header, encode_record
from tests.support.fleet_play import PANE, SESSION, captured, seen

REAL = Path(__file__).parents[3] / "fixtures" / "recordings" / "real"
TRANSCRIPT = REAL / "aider-main.ctl"

EVENTS: tuple[tuple[float, Event], ...] = (
    (0.0, SessionOpened(SESSION, "oma-agent-a")),
    (0.0, seen(idle_s=0.0)),
    (0.0, captured(b"hello")),
    (1.0, PaneOutput(PANE, b"\r\n$ ")),
    (400.0, MonitorStopped("stopped")),
)


def header(**changes):
    facts = {
        "version": VERSION,
        "started_at": "2026-11-20T12:00:00+00:00",
        "tmux": "3.4",
        "oma": "0.0.1",
        "config": to_mapping(Config()),
        "profiles": {},
    }
    return Header(**facts | changes)


def write(path, events=EVENTS, **changes):
    """Write a recording and return its path."""
    with RecordingFile.create(path) as file:
        file.write(encode_header(header(**changes)))
        for seq, (t, event) in enumerate(events, start=1):
            file.write(encode_record(Record(seq, t, event)))
    return path
