"""`oma report-wrong`: a masked recording of the last minute of one agent, for a report of a wrong verdict."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import attrs

from oma import __version__
from oma.cli.log_source import Source
from oma.cli.option_values import RuleOptions
from oma.cli.recording_rules import read_rules
from oma.cli.unknown_screens import redaction_of
from oma.detection.profile import GENERIC, Profile
from oma.errors import ConfigError, OmaError
from oma.model.events import Record
from oma.model.explanation import Explanation
from oma.model.ids import PaneId, SessionId
from oma.model.state import AgentState
from oma.recording.recording_format import VERSION, Header
from oma.reducers.fact_masking import FactMasking
from oma.reducers.fleet import Fleet
from oma.reducers.masked_log import MaskedLog
from oma.reducers.rules import Rules

WINDOWS_S = (60.0, 600.0, float("inf"))
"""How much is written: the least of which the verdict comes out the same."""

Opened = Callable[[], AbstractContextManager[Source]]
"""Opens the log, which is read more than once."""

Chooser = Callable[[Sequence[AgentState]], AgentState]
"""Finds the agent that is meant."""


@attrs.frozen
class WrongReport:
    """What is written, and what it says."""

    header: Header
    records: tuple[Record, ...]
    pane: PaneId
    told: Explanation
    """Of the log, at the moment of the report."""
    again: Explanation | None
    """Of the masked recording, at its end."""

    @property
    def is_same(self) -> bool:
        """The masked recording is judged as the log is."""
        if self.again is None:
            return False
        now, then = self.told.verdict, self.again.verdict
        return (now.health, now.reason) == (then.health, then.reason)

    @property
    def end_s(self) -> float:
        """In seconds of the masked recording."""
        return self.records[-1].t

    @property
    def since_s(self) -> float:
        """Since when the verdict stands, in seconds of the masked recording."""
        return max(0.0, round(self.end_s - (self.told.t - self.told.verdict.since_s), 6))


@attrs.frozen
class _Reported:
    """The agent of a report."""

    agent: AgentState
    told: Explanation
    profile: Profile


def report_of(opened: Opened, rules: Rules, choose: Chooser, at_s: float | None) -> WrongReport:
    """Return the masked recording of an agent.

    Args:
        opened: The log.
        rules: What it was judged by.
        choose: Finds the agent among those that there are at the moment of the report.
        at_s: That moment; `None` for the end of the log.

    Raises:
        OmaError: There is no such agent, or nothing of it to show.
    """
    reported = _find(opened, rules, choose, at_s)
    report = None
    for window_s in WINDOWS_S:
        wider = _write(opened, rules, reported, max(0.0, reported.told.t - window_s))
        if report is None or wider.is_same:
            report = wider
        if report.is_same or window_s >= reported.told.t:
            break
    if report is None:
        raise OmaError("nothing to report")
    return report


def _find(opened: Opened, rules: Rules, choose: Chooser, at_s: float | None) -> _Reported:
    fleet, end_s = Fleet(rules), 0.0
    with opened() as source:
        for record in source.records:
            end_s = record.t
            if at_s is not None and end_s > at_s:
                break
            fleet.advance(record.t)
            fleet.fold(record)
    moment_s = end_s if at_s is None else at_s
    if moment_s > end_s:
        raise ConfigError(f"--at {moment_s:g}: the recording ends at {end_s:g} s")
    fleet.advance(moment_s)
    agent = choose(fleet.snapshot().agents)
    told = fleet.explain(agent.name, moment_s)
    if told is None or agent.pane is None:
        raise OmaError(f"{agent.name}: nothing of it is known at {moment_s:g} s")
    profile = next(each for each in rules.profiles if each.name == agent.profile)
    return _Reported(agent, told, profile)


def _write(opened: Opened, rules: Rules, reported: _Reported, start_s: float) -> WrongReport:
    agent, told = reported.agent, reported.told
    masking = FactMasking(reported.profile, redaction_of(rules))
    pane = agent.pane or PaneId("")
    log = MaskedLog(pane, SessionId(agent.session), masking, start_s)
    records: list[Record] = []
    with opened() as source:
        for record in _until(source.records, told.t):
            records += log.take(record.t, record.event)
        header = _header(source.header, rules, reported.profile, log.origin_s)
    records += log.end(told.t)
    return WrongReport(header, tuple(records), pane, told, _explained(header, records))


def _until(records: Iterable[Record], at_s: float | None) -> Iterable[Record]:
    for record in records:
        if at_s is not None and record.t > at_s:
            return
        yield record


def _header(header: Header, rules: Rules, profile: Profile, origin_s: float) -> Header:
    """Return a header with nothing but what the verdict needs."""
    began = datetime.fromisoformat(header.started_at) + timedelta(seconds=origin_s)
    health = header.config.get("health", {})
    kept = [each for each in rules.profiles if each.name in {profile.name, GENERIC}]
    return Header(
        version=VERSION,
        started_at=began.isoformat(),
        tmux=header.tmux,
        oma=header.oma or __version__,
        config={"health": health},
        profiles={each.name: each.definition for each in kept},
    )


def _explained(header: Header, records: Iterable[Record]) -> Explanation | None:
    """Return what a replay says of the masked recording at its end."""
    rules, _ = read_rules(header, RuleOptions(), "the masked recording")
    fleet, end_s = Fleet(rules), 0.0
    for record in records:
        fleet.advance(record.t)
        fleet.fold(record)
        end_s = record.t
    agents = fleet.snapshot().agents
    return fleet.explain(agents[0].name, end_s) if agents else None
