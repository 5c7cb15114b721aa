"""What was noted beside a recording is read, and nothing where this version cannot."""

import os
from datetime import UTC, datetime, timedelta

from oma.runtime.service.changes_file import read_noted
from oma.runtime.service.history_directory import changes_path
from oma.summary.change_lines import encode_began
from oma.summary.health_changes import ChangeLog

BEGAN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_a_log_that_was_cut_ends_when_its_recording_was_written(tmp_path):
    recording = tmp_path / "a.jsonl.zst"
    recording.touch()
    assert read_noted(recording) is None
    changes_path(recording).write_bytes(b"something else\n")
    assert read_noted(recording) is None
    changes_path(recording).write_bytes(encode_began(BEGAN))
    ended = BEGAN + timedelta(minutes=5)
    os.utime(recording, (ended.timestamp(), ended.timestamp()))
    assert read_noted(recording) == ChangeLog(BEGAN, ended, ())
