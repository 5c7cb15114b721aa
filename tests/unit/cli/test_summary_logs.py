from datetime import UTC, datetime, timedelta

import pytest

from oma.cli import summary_logs
from oma.cli.cli_context import read_context
from oma.cli.history_place import history_of
from oma.cli.option_values import GlobalOptions
from oma.cli.summary_logs import (
    noted_past,
    recent_days,
    recorded_logs,
    since_moment,
    summed_logs,
)
from oma.errors import ConfigError, RecordingError
from oma.model.health import Health
from oma.runtime.service.history_directory import changes_path, summary_path
from oma.summary.change_lines import encode_began, encode_change, encode_ended
from oma.summary.health_changes import Change, ChangeLog
from oma.summary.log_summary import LogSummary
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


@pytest.fixture
def history(monkeypatch, tmp_path):
    """A history of two recordings; beside the first one it was noted what changed."""
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    context = read_context(GlobalOptions(socket_path=str(tmp_path / "tmux")))
    directory = history_of(context)
    first = directory.new(BEGAN.timestamp())
    write(first, started_at=BEGAN.isoformat())
    lines = encode_began(BEGAN), encode_ended(BEGAN + timedelta(hours=1))
    changes_path(first).write_bytes(b"".join(lines))
    later = BEGAN + timedelta(hours=1)
    write(directory.new(later.timestamp()), started_at=later.isoformat())
    return context


def test_of_the_history_is_read_what_was_noted_and_else_the_recording(history):
    first, second = recorded_logs(history, [])

    assert first == ChangeLog(BEGAN, BEGAN + timedelta(hours=1), ())
    assert {change.agent for change in second.changes} == {"oma-agent-a"}


def past(history, since, looked=None):
    """Return the logs that a dashboard has which begins in the evening."""
    noted = noted_past(history, since, BEGAN + timedelta(hours=12), looked)
    return [] if noted is None else noted[1]


def test_at_once_there_is_what_was_noted_of_the_time_that_is_asked_for(history):
    (log,) = past(history, BEGAN)
    assert isinstance(log, LogSummary)
    assert past(history, BEGAN + timedelta(hours=2)) == []


def test_a_log_in_which_the_user_looked_last_is_not_summed_up(history):
    (log,) = past(history, BEGAN, BEGAN + timedelta(minutes=5))
    assert isinstance(log, ChangeLog)
    (log,) = past(history, BEGAN, BEGAN + timedelta(minutes=60))
    assert isinstance(log, LogSummary)


def test_logs_are_summed_up_from_a_moment_on_but_for_the_newest(history):
    def kinds(since, summed=lambda _: True):
        return [type(log) for log in summed_logs(history, [], since, summed)]

    assert kinds(None) == [LogSummary, ChangeLog]
    assert kinds(BEGAN + timedelta(minutes=1)) == [ChangeLog, ChangeLog]
    assert kinds(None, lambda _: False) == [ChangeLog, ChangeLog]


def test_where_logs_have_each_others_time_none_is_summed_up(history):
    first, second = (history_of(history).path / s.name for s in history_of(history).segments())
    lines = encode_began(BEGAN + timedelta(minutes=30)), encode_ended(BEGAN + timedelta(hours=2))
    changes_path(second).write_bytes(b"".join(lines))
    logs = summed_logs(history, [], None, lambda _: True)
    assert [type(log) for log in logs] == [ChangeLog, ChangeLog]
    assert summary_path(first).exists()


def test_a_recording_that_is_given_is_judged_anew(history):
    recording = history_of(history).path / history_of(history).segments()[0].name
    (log,) = summed_logs(history, [str(recording)], None, lambda _: True)
    assert {change.agent for change in log.changes} == {"oma-agent-a"}


def test_recent_days_are_those_of_what_was_noted_from_a_moment_on(history):
    (first, *_) = history_of(history).segments()
    noted = changes_path(history_of(history).path / first.name)
    made = Change(BEGAN, "%1", "fix", "claude", "/p", Health.OK, "active", "")
    lines = encode_began(BEGAN), encode_change(made), encode_ended(BEGAN + timedelta(hours=1))
    noted.write_bytes(b"".join(lines))

    (day,) = recent_days(history, BEGAN + timedelta(minutes=15))
    assert (day["agent"], day["seconds"]["ok"]) == ("fix", 45 * 60.0)
    assert recent_days(history, BEGAN + timedelta(hours=2)) == []


def test_a_moment_is_taken_where_the_logs_reach_that_far():
    logs = [ChangeLog(BEGAN, BEGAN + timedelta(hours=8), ())]

    assert since_moment(logs, BEGAN + timedelta(hours=2)) == BEGAN + timedelta(hours=2)
    assert since_moment(logs, BEGAN - timedelta(hours=2)) == BEGAN
    assert since_moment(logs, logs[-1].ended + timedelta(hours=2)) == logs[-1].ended


def test_what_ended_before_is_not_read(history, monkeypatch):
    """Each recording begins where the one before it ended."""
    read = []
    monkeypatch.setattr(summary_logs, "read_summary", lambda path: None)
    monkeypatch.setattr(summary_logs, "keep_summary", lambda path: None)
    monkeypatch.setattr(summary_logs, "read_noted", lambda path: read.append(path.name))
    for minutes in (59, 60, -60):
        past(history, BEGAN + timedelta(minutes=minutes))

    assert [name.split("-")[1][9:13] for name in read] == ["0900", "1000", "1000", "0900", "1000"]


def test_a_length_leaves_out_what_ended_before_that_many_seconds_from_the_end(history):
    """The end is that of the last recording, which is judged anew where nothing was noted."""
    assert len(recorded_logs(history, [], 60.0)) == 2
    last = history_of(history).segments()[-1]
    ended = BEGAN + timedelta(hours=2)
    lines = encode_began(BEGAN + timedelta(hours=1)), encode_ended(ended)
    changes_path(history_of(history).path / last.name).write_bytes(b"".join(lines))
    assert len(recorded_logs(history, [], 60.0)) == 1
    assert len(recorded_logs(history, [], 3601.0)) == 2
    assert len(recorded_logs(history, [], ended - timedelta(seconds=60))) == 1
