"""A summary is kept beside its recording, for this user alone, and thrown away where it does not fit."""

import os
import stat
from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest

from oma.model.health import Health
from oma.runtime.service.history_directory import changes_path, summary_path
from oma.runtime.service.summary_file import keep_summary, read_summary
from oma.summary.change_lines import encode_began, encode_change, encode_ended
from oma.summary.health_changes import Change

BEGAN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def recording(tmp_path):
    """Give a recording with what changed in it."""
    recording = tmp_path / "a-20261120T090000Z.jsonl.zst"
    recording.touch()
    changes = [
        Change(BEGAN + timedelta(minutes=minute), "%1", "a", "claude", "/p", health, "r", "why")
        for minute, health in zip(range(50), cycle(Health), strict=False)
    ]
    ended = encode_ended(BEGAN + timedelta(hours=1))
    lines = [encode_began(BEGAN), *map(encode_change, changes), ended]
    changes_path(recording).write_bytes(b"".join(lines))
    return recording


def test_it_is_kept_and_read_again(recording):
    assert read_summary(recording) is None
    old = os.umask(0)
    try:
        kept = keep_summary(recording)
    finally:
        os.umask(old)
    assert kept.parts[0].summed is not None
    assert read_summary(recording) == kept
    assert stat.S_IMODE(summary_path(recording).stat().st_mode) == 0o600
    assert len(list(recording.parent.iterdir())) == 3


def test_one_that_does_not_fit_is_none_and_is_made_again(recording):
    keep_summary(recording)
    with changes_path(recording).open("ab") as file:
        file.write(b"x")
    assert read_summary(recording) is None
    kept = keep_summary(recording)
    assert read_summary(recording) == kept
    os.utime(recording, (0, 0))  # a log that was cut ends when its recording was written
    assert read_summary(recording) is None
    summary_path(recording).write_bytes(b"no summary")
    assert read_summary(recording) is None
    assert read_summary(recording) != keep_summary(recording)


def test_where_nothing_was_noted_there_is_none(recording):
    changes_path(recording).write_bytes(b"no changes\n")
    assert keep_summary(recording) is None
    changes_path(recording).unlink()
    assert keep_summary(recording) is None
    assert read_summary(recording) is None
    assert not summary_path(recording).exists()


def test_a_place_that_takes_no_file_keeps_nobody_from_reading(recording):
    summary_path(recording).mkdir()
    assert keep_summary(recording) is not None
    assert [path.name for path in recording.parent.iterdir() if path.name.startswith(".")] == []
