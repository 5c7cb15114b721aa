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
    found = [_recorded_log(context, Path(name)) for name in names]
    logs = found if names else _kept_logs(context)
    if not logs:
        raise ConfigError("no history is kept: run 'oma serve', or give --recording FILE")
    return sorted(logs, key=lambda log: log.began)


def noted_logs(context: CliContext, since: datetime) -> list[ChangeLog]:
    """Return what was noted beside the recordings of the history that reach beyond a moment.

    Raises:
        OmaError: The history cannot be read.
    """
    logs = (_noted_log(path) for path in _kept(context))
    return [log for log in logs if log is not None and log.ended > since]


def since_moment(logs: Sequence[ChangeLog], since: float | datetime | None) -> datetime:
    """Return a moment, or the one that lies so many seconds before the end of the logs.

    It is not before their beginning, which `None` means.
    """
    began = min(log.began for log in logs)
    if since is None:
        return began
    if isinstance(since, datetime):
        return max(began, since)
    length_s = since
    return max(began, max(log.ended for log in logs) - timedelta(seconds=length_s))


def _kept(context: CliContext) -> list[Path]:
    directory = history_of(context)
    return [directory.path / segment.name for segment in directory.segments()]


def _kept_logs(context: CliContext) -> list[ChangeLog]:
    return [_noted_log(path) or _recorded_log(context, path) for path in _kept(context)]


def _noted_log(path: Path) -> ChangeLog | None:
    """Return what was noted beside a recording; `None` for nothing that this version reads."""
    try:
        lines = changes_path(path).read_bytes().splitlines(keepends=True)
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return decode_log(lines, written)
    except (OSError, RecordingError):
        return None


def _recorded_log(context: CliContext, path: Path) -> ChangeLog:
    with open_source(path, context.config, profiles_in_force()) as source:
        fleet = Fleet(carried_rules(source.header, RuleOptions(), str(path)))
        return read_changes(source.header.started_at, source.records, fleet)
