"""The logs that `oma digest` and `oma stats` tell of."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from oma.cli.cli_context import CliContext, profiles_in_force
from oma.cli.history_task import history_of
from oma.cli.log_source import open_source
from oma.cli.option_values import RuleOptions
from oma.cli.recording_rules import carried_rules
from oma.errors import ConfigError
from oma.reducers.fleet import Fleet
from oma.summary.changes import ChangeLog, read_changes


def recorded_logs(context: CliContext, names: Sequence[str]) -> list[ChangeLog]:
    """Return the logs of recordings, in order of time; each is judged by the rules that it carries.

    Without names they are those of the history that `oma serve` keeps.

    Raises:
        ConfigError: None is given, and no history is kept.
        OmaError: One cannot be read.
    """
    if not names:
        directory = history_of(context)
        names = [str(directory.path / segment.name) for segment in directory.segments()]
    if not names:
        raise ConfigError("no history is kept: run 'oma serve', or give --recording FILE")
    logs = [_recorded_log(context, Path(name)) for name in names]
    return sorted(logs, key=lambda log: log.began)


def since_moment(logs: Sequence[ChangeLog], length_s: float | None) -> datetime:
    """Return the moment that lies so long before the end of the logs; their beginning for `None`."""
    began = min(log.began for log in logs)
    if length_s is None:
        return began
    return max(began, max(log.ended for log in logs) - timedelta(seconds=length_s))


def _recorded_log(context: CliContext, path: Path) -> ChangeLog:
    with open_source(path, context.config, profiles_in_force()) as source:
        fleet = Fleet(carried_rules(source.header, RuleOptions(), str(path)))
        return read_changes(source.header.started_at, source.records, fleet)
