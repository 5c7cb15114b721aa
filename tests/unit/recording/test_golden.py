"""The format promise: a file of each version is read, and written again, as on its first day."""

from pathlib import Path

from oma.model.events import (
    CommandSent,
    ConnectionLost,
    MonitorStopped,
    OutputLost,
    PaneCaptured,
    PaneClosed,
    PaneOutput,
    PaneResized,
    PaneSeen,
    PlacementDecided,
    ProcessesSampled,
    ProcessSample,
    Record,
    ScreenFailed,
    ServerConnected,
    ServerLost,
    SessionClosed,
    SessionOpened,
    SessionRenamed,
    TimePassed,
    Unknown,
)
from oma.recording.codec import TAGS, tag_of
from oma.recording.files import open_recording
from oma.recording.recording_format import Header, encode_header, encode_record

V1 = Path(__file__).parents[3] / "fixtures" / "recordings" / "v1-every-type.jsonl"

HEADER = Header(
    version=1,
    started_at="2026-11-20T20:03:58.123456Z",
    tmux="3.3a",
    oma="0.1.0",
    config={"health": {"idle_warning": 60, "idle_critical": 300}},
    profiles={"claude": {"resume": "claude --continue"}},
)

TIMED_EVENTS = (
    (0.0, ServerConnected("3.3a")),
    (0.000001, SessionOpened("$3", "oma-agent-1")),
    (0.000002, SessionOpened("$4", "oma-agent-2", "destroy-unattached is on")),
    (0.0015, PaneSeen("%4", "$3", "@2", 4711, "claude", "✳ Fix the tests", "/srv/app", 120, 40)),
    (
        0.0015,
        PaneSeen("%5", "$4", "@3", 4712, "sh", "", "/", 80, 24, dead=True, dead_status=1, idle_s=90.0),
    ),
    (0.002, PaneCaptured("%4", 120, 40, 2, 1, False, b"\x1b[1mclaude\x1b[0m\n> \n")),
    (3.201456, PaneOutput("%4", "\x1b[31m…\u2028🤖\r\n".encode())),
    (3.201456, PaneOutput("%4", bytes(range(256)))),
    (3.5, PaneOutput("%4", b"\xed\xa0\x80")),
    (4.0, PaneOutput("%4", b"")),
    (4.25, OutputLost("%4", "paused")),
    (4.255, ScreenFailed("%4", "out of memory")),
    (4.26, PaneCaptured("%4", 120, 40, 0, 39, True, b"\xff\n")),
    (5.0, PaneResized("%4", 100, 30)),
    (
        6.0,
        ProcessesSampled(
            (
                ProcessSample("%4", ("node", "/opt/claude", "caf\udce9"), 3, None, 123456789),
                ProcessSample("%5", (), 0, 12.5, 0),
            )
        ),
    ),
    (7.0, CommandSent("send", "%4", "yes")),
    (7.0, CommandSent("new", None, 'oma-agent-3 "quoted"')),
    (7.5, PlacementDecided("spawn", "@2", "$3", "%9", "there is room for 4")),
    (7.5, PlacementDecided("defer", "@2", None, None, "no room")),
    (8.0, SessionRenamed("$3", "oma-agent-one")),
    (9.0, ConnectionLost("$3", "end of file")),
    (9.5, ConnectionLost(None, "end of file")),
    (10.0, Unknown("pane-painted", {"pane": "%4", "cells": [1, {"deep": None}], "ratio": 0.5})),
    (70.0, TimePassed()),
    (86400.999999, PaneClosed("%4")),
    (86401.0, SessionClosed("$3")),
    (86402.0, ServerLost("server exited")),
    (86403.0, MonitorStopped("interrupted")),
)  # fmt: skip
LOG = tuple(Record(seq, t, event) for seq, (t, event) in enumerate(TIMED_EVENTS, start=1))


def test_version_1_is_read_as_on_its_first_day():
    with open_recording(V1) as reader:
        assert reader.header == HEADER
        assert tuple(reader) == LOG
        assert reader.torn is None


def test_version_1_is_written_byte_for_byte_as_on_its_first_day():
    written = encode_header(HEADER) + b"".join(map(encode_record, LOG))

    assert written == V1.read_bytes()


def test_what_is_read_is_written_again_byte_for_byte():
    with open_recording(V1) as reader:
        written = encode_header(reader.header) + b"".join(map(encode_record, reader))

    assert written == V1.read_bytes()


def test_version_1_has_every_type():
    later = {
        "agent-found",
        "agent-ended",
        "checkout-seen",
        "watch-began",
        "agents-stand",
        "changes-told",
        "status-file-read",
        "pane-sampled",
    }  # of a version 1 that grew
    assert {tag_of(record.event) for record in LOG} == {*TAGS, "pane-painted"} - later
