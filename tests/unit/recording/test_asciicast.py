"""A recording as an asciicast."""

import json

import pytest

from oma.errors import RecordingError
from oma.model.events import PaneOutput, PaneResized, Record, SessionOpened, SessionRenamed
from oma.model.ids import PaneId, SessionId
from oma.recording.asciicast import asciicast
from oma.recording.recording_format import Header
from tests.support.fleet_play import PANE, SESSION, captured, seen

HEADER = Header(1, "2026-11-20T20:03:58.123456Z", "3.3a", "0.1.0", {}, {})
EVENTS = (
    (0.5, SessionOpened(SESSION, "oma-agent-1")),
    (0.5, SessionOpened(SessionId("$2"), "oma-agent-2")),
    (0.6, seen()),
    (0.6, seen(pane=PaneId("%2"), session=SessionId("$2"))),
    (0.7, PaneOutput(PANE, b"before the capture")),
    (1.0, captured(b"$ \x1b[1mls\x1b[0m\na\n", cursor_column=2, cursor_row=1)),
    (1.5, PaneOutput(PANE, "é".encode()[:1])),
    (1.75, PaneOutput(PANE, "é".encode()[1:] + b"\r\n")),
    (1.8, PaneOutput(PaneId("%2"), b"another agent")),
    (2.0, PaneResized(PANE, 100, 30)),
    (2.1, SessionRenamed(SESSION, "oma-agent-new")),
)
RECORDS = [Record(seq, t, event) for seq, (t, event) in enumerate(EVENTS, start=1)]


def played(version, agent="oma-agent-1"):
    return [json.loads(line) for line in asciicast(HEADER, RECORDS, agent, version)]


def test_version_2_has_the_times_since_the_first_screen():
    header, *events = played(2)

    assert header == {"version": 2, "width": 80, "height": 24, "timestamp": 1795205038}
    assert [(t, code) for t, code, _ in events] == [
        (0.0, "o"),
        (0.5, "o"),
        (0.75, "o"),
        (1.0, "r"),
    ]


def test_version_3_has_the_times_since_the_event_before():
    header, *events = played(3)

    assert header == {"version": 3, "term": {"cols": 80, "rows": 24}, "timestamp": 1795205038}
    assert [t for t, _, _ in events] == [0.0, 0.5, 0.25, 0.25]


def test_a_capture_is_painted_on_a_cleared_screen():
    _, (_, _, data), *_ = played(2)

    assert data == "\x1b[?1049l\x1b[0m\x1b[2J\x1b[H$ \x1b[1mls\x1b[0m\r\na\x1b[0m\x1b[2;3H"


def test_a_character_that_was_cut_in_two_is_mended():
    assert "".join(data for _, code, data in played(2)[2:] if code == "o") == "é\r\n"


def test_an_agent_is_found_by_a_name_that_it_got_later_only_from_there_on():
    with pytest.raises(RecordingError, match="oma-agent-new"):
        played(2, "oma-agent-new")


def test_an_agent_that_is_not_there_is_said():
    with pytest.raises(RecordingError, match="no screen of an agent 'x'"):
        played(2, "x")
