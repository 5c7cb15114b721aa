"""The logs that `oma digest` and `oma stats` tell of."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import attrs

from oma.cli.cli_context import CliContext, profiles_in_force
from oma.cli.garbage import no_garbage
from oma.cli.history_place import history_of
from oma.errors import ConfigError
from oma.runtime.service.changes_file import read_noted
from oma.runtime.service.summary_file import keep_summary, read_summary
from oma.summary.agent_days import days_of_agents
from oma.summary.health_changes import ChangeLog, read_changes
from oma.summary.lanes import Lanes
from oma.summary.log_summary import LogSummary, PastLog, follow_one_another, past_of_agents
from oma.summary.stats_text import stats_document
from oma.summary.summary_shapes import AgentDayDocument
from oma.summary.summed_stretches import since as since_of

_Log = TypeVar("_Log", ChangeLog, ChangeLog | LogSummary)


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
    kept = [] if names else _kept(context, _from(context, since))
    logs = found or [read_noted(path) or _recorded_log(context, path) for path in kept]
    return _in_order(logs)


def summed_logs(
    context: CliContext,
    names: Sequence[str],
    since: float | datetime | None,
    summed: Callable[[LogSummary], bool],
) -> list[PastLog]:
    """As `recorded_logs`; those of the history are summed up where nothing that is told depends on it.

    Args:
        context: Which server.
        names: Of the recordings.
        since: As of `since_moment`.
        summed: Whether one may be summed up that begins after that.

    Raises:
        ConfigError: As `recorded_logs`.
        OmaError: As `recorded_logs`.
    """
    if names:
        return [*recorded_logs(context, names)]
    moment = _from(context, since)

    def may_be(summary: LogSummary) -> bool:
        return (moment is None or summary.began >= moment) and summed(summary)

    logs = _past_logs(_kept(context, moment), may_be)
    return _in_order([log or _recorded_log(context, path) for path, log in logs])


def _in_order(logs: Iterable[_Log]) -> list[_Log]:
    ordered = sorted(logs, key=lambda log: log.began)
    if not ordered:
        raise ConfigError("no history is kept: run 'oma serve', or give --recording FILE")
    return ordered


def within_a_day(summary: LogSummary) -> bool:
    """Say whether a log lies within one day of this machine's calendar."""
    return summary.began.astimezone().date() == summary.ended.astimezone().date()


def recent_days(context: CliContext, since: datetime) -> list[AgentDayDocument]:
    """Return each agent on each day of this machine's calendar, by what was noted; nothing where nothing was.

    Raises:
        OmaError: The history cannot be read.
    """

    def summed(summary: LogSummary) -> bool:
        return summary.began >= since and within_a_day(summary)

    past = past_of_agents(_noted_logs(context, since, summed))
    return stats_document(days_of_agents(since_of(past, since), None))


def noted_past(
    context: CliContext, since: datetime, until: datetime, looked: datetime | None
) -> tuple[Lanes, list[PastLog]] | None:
    """Return the lanes of the agents between two moments, from the first one that is known of on, and the logs.

    `None` where nothing was noted.

    Args:
        context: Which server.
        since: When the logs end that are needed, at the least.
        until: Where the lanes end.
        looked: A moment from which on it may be told what happened.

    Raises:
        OmaError: The history cannot be read.
    """

    def summed(summary: LogSummary) -> bool:
        return summary.ended <= until and not (
            looked is not None and summary.began < looked < summary.ended
        )

    logs = _noted_logs(context, since, summed)
    if not logs:
        return None
    lanes = Lanes(max(since, logs[0].began), until)
    with no_garbage():
        for log in logs:
            lanes.add(log)
    return lanes, [
        attrs.evolve(log, lanes=()) if isinstance(log, LogSummary) else log for log in logs
    ]


def _noted_logs(
    context: CliContext, since: datetime, summed: Callable[[LogSummary], bool]
) -> list[PastLog]:
    logs = _past_logs(_kept(context, since), summed)
    return [log for _, log in logs if log is not None and log.ended > since]


def _past_logs(
    paths: Sequence[Path], summed: Callable[[LogSummary], bool]
) -> list[tuple[Path, PastLog | None]]:
    """Return what was noted beside each recording, summed up where that may be and changes nothing that is told."""
    with no_garbage():
        logs = [(path, _past_log(path, summed, path == paths[-1])) for path in paths]
        if follow_one_another([log for _, log in logs if log is not None]):
            return logs
        return [(path, read_noted(path)) for path in paths]


def _past_log(
    path: Path,
    summed: Callable[[LogSummary], bool],
    is_newest: bool,  # noqa: FBT001
) -> PastLog | None:
    if not is_newest:  # that one may be written still
        summary = read_summary(path) or keep_summary(path)
        if summary is not None and summed(summary):
            return summary
    return read_noted(path)


def since_moment(logs: Sequence[PastLog], since: float | datetime | None) -> datetime:
    """Return a moment, or the one that lies so many seconds before the end of the logs.

    It is not before their beginning, which `None` means, and not behind their end.
    """
    began, ended = min(log.began for log in logs), max(log.ended for log in logs)
    if since is None:
        return began
    if isinstance(since, datetime):
        return max(began, min(since, ended))
    length_s = since
    return max(began, ended - timedelta(seconds=length_s))


def _from(context: CliContext, since: float | datetime | None) -> datetime | None:
    """Return the moment that `since_moment` will; `None` where that takes all logs."""
    if since is None or isinstance(since, datetime):
        return since
    last = next(map(read_noted, reversed(_kept(context, None))), None)
    return None if last is None else last.ended - timedelta(seconds=since)


def _kept(context: CliContext, since: datetime | None) -> list[Path]:
    """Return the recordings of the history; none that ended before a moment, as the next one tells."""
    directory = history_of(context)
    kept = directory.told()
    if since is not None:
        began_s = [segment.began_s for segment in kept]
        kept = kept[max(0, bisect_right(began_s, since.timestamp()) - 1) :]
    return [directory.path / segment.name for segment in kept]


def _recorded_log(context: CliContext, path: Path) -> ChangeLog:
    # To judge takes longer to import than a day of what was noted takes to be told.
    from oma.cli.log_source import open_source
    from oma.cli.option_values import RuleOptions
    from oma.cli.recording_rules import carried_rules
    from oma.reducers.fleet import Fleet

    with open_source(path, context.config, profiles_in_force()) as source:
        fleet = Fleet(carried_rules(source.header, RuleOptions(), str(path)))
        return read_changes(source.header.started_at, source.records, fleet)
