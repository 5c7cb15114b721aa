"""The logs that `oma digest` and `oma stats` tell of."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from oma.cli.cli_context import CliContext, profiles_in_force
from oma.cli.garbage import no_garbage
from oma.cli.history_task import history_of
from oma.cli.log_source import open_source
from oma.cli.option_values import RuleOptions
from oma.cli.recording_rules import carried_rules
from oma.errors import ConfigError, RecordingError
from oma.recording.recording_format import parse_json
from oma.reducers.fleet import Fleet
from oma.runtime.service.history_directory import changes_path
from oma.summary.agent_days import days_of_agents
from oma.summary.change_lines import decode_log
from oma.summary.health_changes import ChangeLog, read_changes
from oma.summary.lanes import Lanes
from oma.summary.stats_text import stats_document
from oma.summary.stretches import since as since_of
from oma.summary.stretches import stretches_of
from oma.summary.summary_shapes import AgentDayDocument

CHANGES_KEPT = 50_000
"""As many changes a dashboard keeps for a user who may ask what happened: some 20 MB."""


def recorded_logs(
    context: CliContext, names: Sequence[str], since: float | datetime | None = None
) -> list[ChangeLog]:
    """Return the logs of recordings, in order of time; each is judged by the rules that it carries.

    Without names they are those of the history that `oma serve` keeps.

    Args:
        context: Which server.
        names: Of the recordings.
        since: As of `since_moment`: what ended before is not needed.

    Raises:
        ConfigError: None is given, and no history is kept.
        OmaError: One cannot be read.
    """
    found = [_recorded_log(context, Path(name)) for name in names]
    logs = found if names else _kept_logs(context, _from(context, since))
    if not logs:
        raise ConfigError("no history is kept: run 'oma serve', or give --recording FILE")
    return sorted(logs, key=lambda log: log.began)


def noted_logs(context: CliContext, since: datetime) -> list[ChangeLog]:
    """Return what was noted beside the recordings of the history that reach beyond a moment.

    Raises:
        OmaError: The history cannot be read.
    """
    with no_garbage():
        return list(_noted_logs(context, since))


def recent_days(context: CliContext, since: datetime) -> list[AgentDayDocument]:
    """Return each agent on each day of this machine's calendar, by what was noted; nothing where nothing was.

    Raises:
        OmaError: The history cannot be read.
    """
    return stats_document(
        days_of_agents(since_of(stretches_of(noted_logs(context, since)), since), None)
    )


def noted_lanes(
    context: CliContext, since: datetime, until: datetime
) -> tuple[Lanes, list[ChangeLog] | None] | None:
    """Return the lanes of the agents between two moments, from the first one that is known of on.

    `None` where nothing was noted.

    Returns:
        The lanes, and the logs where they are few enough to be kept.

    Raises:
        OmaError: The history cannot be read.
    """
    lanes, logs, count = None, list[ChangeLog](), 0
    with no_garbage():
        for log in _noted_logs(context, since):
            lanes = lanes or Lanes(max(since, log.began), until)
            lanes.add(log)
            count += len(log.changes)
            logs.append(log)
            if count > CHANGES_KEPT:
                logs.clear()
    return None if lanes is None else (lanes, logs if count <= CHANGES_KEPT else None)


def _noted_logs(context: CliContext, since: datetime) -> Iterator[ChangeLog]:
    for path in _kept(context, since):
        log = _noted_log(path)
        if log is not None and log.ended > since:
            yield log


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


def _from(context: CliContext, since: float | datetime | None) -> datetime | None:
    """Return the moment that `since_moment` will; `None` where that takes all logs."""
    if since is None or isinstance(since, datetime):
        return since
    last = next(map(_noted_log, reversed(_kept(context, None))), None)
    return None if last is None else last.ended - timedelta(seconds=since)


def _kept(context: CliContext, since: datetime | None) -> list[Path]:
    """Return the recordings of the history; none that ended before a moment, as the next one tells."""
    directory = history_of(context)
    kept = directory.segments()
    if since is not None:
        began_s = [segment.began_s for segment in kept]
        kept = kept[max(0, bisect_right(began_s, since.timestamp()) - 1) :]
    return [directory.path / segment.name for segment in kept]


def _kept_logs(context: CliContext, since: datetime | None) -> list[ChangeLog]:
    return [_noted_log(path) or _recorded_log(context, path) for path in _kept(context, since)]


def _noted_log(path: Path) -> ChangeLog | None:
    """Return what was noted beside a recording; `None` for nothing that this version reads."""
    try:
        lines = changes_path(path).read_bytes().splitlines(keepends=True)
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return decode_log(lines, written, parse_json)
    except (OSError, RecordingError):
        return None


def _recorded_log(context: CliContext, path: Path) -> ChangeLog:
    with open_source(path, context.config, profiles_in_force()) as source:
        fleet = Fleet(carried_rules(source.header, RuleOptions(), str(path)))
        return read_changes(source.header.started_at, source.records, fleet)
