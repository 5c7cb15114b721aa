"""Timelines: how one agent was believed to be over the whole of a log, folded anew."""

from collections.abc import Iterable, Sequence

import attrs

from oma.errors import RecordingError
from oma.model.events import Event, PaneSeen, Record, SessionOpened, SessionRenamed
from oma.model.health import Health, Transition
from oma.model.ids import PaneId, SessionId
from oma.reducers.fleet import Fleet


@attrs.frozen
class HealthSpan:
    """A stretch of time with one verdict."""

    start_s: float
    end_s: float
    """Not part of it."""
    health: Health | None
    """`None` while nothing was known of the agent."""
    rule: str
    """The rule that opened it."""


def timeline(
    fleet: Fleet, records: Iterable[Record], pane: PaneId | None, end_s: float
) -> tuple[HealthSpan, ...]:
    """Fold `records` into `fleet` and return the spans of one agent, from 0 to `end_s` without gaps.

    After the last record the agent is taken to be silent.

    Args:
        fleet: One that took no record so far.
        records: A whole log.
        pane: Any pane of the agent, or `None` where the log holds one agent alone.
        end_s: Where the last span ends.

    Raises:
        RecordingError: the pane is never seen, or `None` is given and there are several agents.
    """
    subject = _Subject(pane)
    turns: list[Transition] = []
    for record in records:
        turns += subject.only(fleet.advance(record.t))
        subject.notice(record.event)
        turns += subject.only(fleet.fold(record))
    turns += subject.only(fleet.advance(end_s))
    subject.check()
    return _spans(turns, end_s)


@attrs.define
class _Subject:
    """The agent that is asked about, by the name that its session has at the time."""

    pane: PaneId | None
    _session: SessionId | None = None
    _names: dict[SessionId, str] = attrs.Factory(dict)

    def notice(self, event: Event) -> None:
        match event:
            case SessionOpened() | SessionRenamed():
                self._names[event.session] = event.name
            case PaneSeen():
                if self.pane is None or event.pane == self.pane:
                    if self.pane is None and self._session not in {None, event.session}:
                        message = "the recording holds several agents: the truth must name a pane"
                        raise RecordingError(message)
                    self._session = event.session
            case _:
                pass

    def only(self, turns: Sequence[Transition]) -> list[Transition]:
        if not turns or self._session is None:
            return []
        name = self._names.get(self._session)
        return [turn for turn in turns if turn.agent == name]

    def check(self) -> None:
        if self._session is None:
            message = f"the recording does not show the pane {self.pane or 'of any agent'}"
            raise RecordingError(message)


def _spans(turns: list[Transition], end_s: float) -> tuple[HealthSpan, ...]:
    spans: list[HealthSpan] = []
    start_s, health, rule = 0.0, None, ""
    for turn in turns:
        if start_s < turn.t < end_s:
            spans.append(HealthSpan(start_s, turn.t, health, rule))
            start_s = turn.t
        if turn.t < end_s:
            health, rule = turn.verdict.health, turn.verdict.rule
    if start_s < end_s:
        spans.append(HealthSpan(start_s, end_s, health, rule))
    return tuple(spans)
