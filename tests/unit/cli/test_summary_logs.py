from datetime import UTC, datetime, timedelta

import pytest

from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.cli.summary_logs import recorded_logs, since_moment
from oma.errors import ConfigError, RecordingError
from oma.summary.changes import ChangeLog
from tests.unit.cli.recordings import write

BEGAN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_recordings_are_read_in_order_of_time(tmp_path):
    late = write(tmp_path / "late.jsonl", started_at="2026-11-21T09:00:00+00:00")
    early = write(tmp_path / "early.jsonl", started_at="2026-11-20T09:00:00+00:00")

    logs = recorded_logs(read_context(GlobalOptions()), [str(late), str(early)])
    assert [log.began.day for log in logs] == [20, 21]


def test_without_a_recording_it_is_said_how_to_give_one():
    with pytest.raises(ConfigError, match="--recording FILE"):
        recorded_logs(read_context(GlobalOptions()), [])


def test_what_is_no_recording_is_refused(tmp_path):
    with pytest.raises(RecordingError, match="cannot read"):
        recorded_logs(read_context(GlobalOptions()), [str(tmp_path / "none.jsonl")])


def test_a_length_is_counted_back_from_the_end_and_no_further_than_the_beginning():
    logs = [ChangeLog(BEGAN, BEGAN + timedelta(hours=8), ())]

    assert since_moment(logs, 3600) == BEGAN + timedelta(hours=7)
    assert since_moment(logs, 360_000) == since_moment(logs, None) == BEGAN
