import json
from datetime import UTC, datetime, timedelta

import pytest

from oma.runtime.service.history_directory import HistoryDirectory, changes_path
from oma.runtime.service.past_reader import read_past

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def line(ago_s, agent, health):
    at = (NOW - timedelta(seconds=ago_s)).isoformat()
    told = {"at": at, "id": agent, "agent": "bob", "health": health, "reason": "r", "about": "a"}
    return json.dumps(told)


@pytest.fixture
def directory(tmp_path):
    return HistoryDirectory(tmp_path, "ab12")


def write(directory, *lines):
    path = directory.new(1_800_000_000.0)
    path.touch()
    changes_path(path).write_text("\n".join(lines))


def test_changes_of_all_files_are_told_with_their_times(directory):
    write(
        directory, '{"format": "oma-changes"}', line(90.0, "%1", "ok"), line(60.0, "%1", "stuck")
    )
    write(directory, line(50.0, "%1", "stuck"), line(30.5, "%1", "ok"), line(20.0, "%2", "idle"))

    told = [(x.t, str(x.source), str(x.verdict.health)) for x in read_past(directory, NOW)]

    assert told == [(-60.0, "ok", "stuck"), (-50.0, "stuck", "stuck"), (-30.5, "stuck", "ok")]


def test_what_is_no_change_is_left_out(directory):
    write(directory, "garbage", "[1]", line(9.0, "%1", "happy"), '{"at": 3}')
    directory.new(1_800_000_009.0).touch()  # that has no file of changes

    assert read_past(directory, NOW) == []
