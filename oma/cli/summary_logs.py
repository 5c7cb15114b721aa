"""The logs that `oma digest` and `oma stats` tell of."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from oma.cli.cli_context import CliContext, profiles_in_force
from oma.cli.history_task import history_of
from oma.cli.log_source import open_source
from oma.cli.option_values import RuleOptions
from oma.cli.recording_rules import carried_rules
from oma.errors import ConfigError, RecordingError
from oma.reducers.fleet import Fleet
from oma.runtime.service.history_directory import changes_path
from oma.summary.change_lines import decode_log
from oma.summary.changes import ChangeLog, read_changes


def recorded_logs(context: CliContext, names: Sequence[str]) -> list[ChangeLog]:
    """Return the logs of recordings, in order of time; each is judged by the rules that it carries.

    Without names they are those of the history that `oma serve` keeps.

    Raises:
        ConfigError: None is given, and no history is kept.
        OmaError: One cannot be read.
    """
    if names:
        logs = [_recorded_log(context, Path(name)) for name in names]
    else:
        directory = history_of(context)
        logs = [_kept_log(context, directory.path / each.name) for each in directory.segments()]
    if not logs:
        raise ConfigError("no history is kept: run 'oma serve', or give --recording FILE")
    return sorted(logs, key=lambda log: log.began)


def since_moment(logs: Sequence[ChangeLog], length_s: float | None) -> datetime:
    """Return the moment that lies so long before the end of the logs; their beginning for `None`."""
    began = min(log.began for log in logs)
    if length_s is None:
        return began
    return max(began, max(log.ended for log in logs) - timedelta(seconds=length_s))


def _kept_log(context: CliContext, path: Path) -> ChangeLog:
    """Return the log of a recording of the history, from what was noted beside it."""
    try:
        lines = changes_path(path).read_bytes().splitlines(keepends=True)
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return decode_log(lines, written)
    except (OSError, RecordingError):  # none was noted, or by another version
        return _recorded_log(context, path)


def _recorded_log(context: CliContext, path: Path) -> ChangeLog:
    with open_source(path, context.config, profiles_in_force()) as source:
        fleet = Fleet(carried_rules(source.header, RuleOptions(), str(path)))
        return read_changes(source.header.started_at, source.records, fleet)
