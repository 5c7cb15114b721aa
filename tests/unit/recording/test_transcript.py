from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.errors import RecordingError
from oma.model.events import (
    MonitorStopped,
    OutputLost,
    PaneCaptured,
    PaneOutput,
    PaneSeen,
    ServerConnected,
    SessionClosed,
    SessionOpened,
    SessionRenamed,
)
from oma.recording.transcript import records
from oma.recording.transcript_index import Chunk, Description

CONTROL = Path(__file__).parents[3] / "fixtures" / "control"
ABOUT = Description("%4", 80, 24, "2026-11-20T20:19:59+00:00")
HEAD = b"%begin 1 1 0\n%end 1 1 0\n%session-changed $4 any-name\n"
BLANK = PaneCaptured("%4", 80, 24, 0, 0, alternate=False, data=b"\n" * 24)
SEEN = PaneSeen("%4", "$4", "@0", 0, "", "", "", 80, 24)
OPENING = [ServerConnected("unknown"), SessionOpened("$4", "any-name"), SEEN, BLANK]
END = MonitorStopped("the transcript ends")


def converted(*chunks):
    return list(records([Chunk(t, data) for t, data in chunks], ABOUT, "f.ctl"))


def told(data):
    """What follows the opening."""
    return [record.event for record in converted((1.0, HEAD + data))][len(OPENING) :]


def test_the_attached_session_is_the_agent_from_the_start_whatever_its_name():
    said = converted((0.5, HEAD))

    assert [record.event for record in said] == [*OPENING, END]
    assert [record.seq for record in said] == [1, 2, 3, 4, 5]
    assert [record.t for record in said] == [0.0, 0.0, 0.0, 0.0, 0.5]


def test_output_has_the_time_of_its_read_and_one_read_is_one_record():
    said = converted(
        (0.5, HEAD), (1.5, b"%output %4 a\n%output %4 \\033[m\n%outp"), (2.5, b"ut %4 b\n")
    )

    assert [(r.t, r.event) for r in said[4:]] == [
        (1.5, PaneOutput("%4", b"a\x1b[m")),
        (2.5, PaneOutput("%4", b"b")),
        (2.5, END),
    ]


def test_what_other_panes_and_sessions_do_is_left_out():
    assert told(
        b"%output %5 x\n%unlinked-window-renamed @1 claude\n%session-renamed $1 x\n"
        b"%client-session-changed c $1 other\n%sessions-changed\n%pause %5\n"
    ) == [END]


def test_the_name_of_the_window_is_the_command_in_the_foreground():
    first = attrs.evolve(SEEN, window="@4", command="claude")

    assert told(b"%window-renamed @4 claude\n%window-renamed @4 bash\n") == [
        first,
        attrs.evolve(first, command="bash"),
        END,
    ]


def test_a_pause_is_a_gap_and_a_new_name_a_new_name():
    assert told(b"%pause %4\n%session-renamed $4 x\n") == [
        OutputLost("%4", "tmux paused it"),
        SessionRenamed("$4", "x"),
        END,
    ]


@pytest.mark.parametrize("end", [b"%exit\n", b"%session-changed $5 other\n%output %4 late\n"])
def test_the_session_closes_where_the_client_leaves_it(end):
    assert told(b"%output %4 x\n" + end) == [PaneOutput("%4", b"x"), SessionClosed("$4"), END]


def test_the_same_session_again_changes_nothing():
    assert told(b"%session-changed $4 any-name\n") == [END]


def test_a_transcript_that_was_cut_says_so():
    assert told(b"%output %4 x") == [
        MonitorStopped("the transcript is cut: the connection ended inside a line")
    ]


def test_the_first_bytes_of_a_character_are_not_lost_at_the_end():
    assert told(b"%output %4 x\xe2\x82\n") == [
        PaneOutput("%4", b"x"),
        PaneOutput("%4", b"\xe2\x82"),
        END,
    ]


@pytest.mark.parametrize("data", [b"hello\n", HEAD + b"\xff\n"])
def test_what_is_no_control_mode_is_refused_with_its_name(data):
    with pytest.raises(RecordingError, match=r"^f\.ctl: not a transcript of control mode"):
        converted((1.0, data))


@pytest.mark.parametrize("data", [b"", b"%begin 1 1 0\n%end 1 1 0\n"])
def test_a_transcript_without_a_session_is_refused(data):
    with pytest.raises(RecordingError, match="shows no session"):
        converted((1.0, data))


WHOLE = HEAD + "%window-renamed @4 x\n%output %4 a€b\n%output %5 z\n%output %4 €\n%exit\n".encode()


@settings(max_examples=50)
@given(st.sets(st.integers(1, len(WHOLE) - 1), max_size=6))
def test_no_byte_depends_on_where_the_reads_were(cuts):
    edges = [0, *sorted(cuts), len(WHOLE)]
    chunks = [(float(start), WHOLE[start:end]) for start, end in pairwise(edges)]

    events = [record.event for record in converted(*chunks)]

    printed = b"".join(event.data for event in events if type(event) is PaneOutput)
    assert printed == "a€b€".encode()
    assert [event for event in events if type(event) is not PaneOutput] == [
        *OPENING,
        attrs.evolve(SEEN, window="@4", command="x"),
        SessionClosed("$4"),
        END,
    ]


@pytest.mark.parametrize("scenario", ["attach-list-output-kill", "split"])
def test_what_happened_is_the_same_whichever_tmux_tells_of_it(scenario):
    about = attrs.evolve(ABOUT, pane="%0")
    told = {}
    for path in CONTROL.glob(f"*-{scenario}.ctl"):
        chunks = [Chunk(1.0, path.read_bytes())]
        told[path.name] = [record.event for record in records(chunks, about, path.name)]

    first, *others = told.values()
    assert len(others) == 6
    assert all(events == first for events in others), told
