"""What happens now, as a dashboard shows it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

import attrs

from oma.model.explanation import Explanation
from oma.model.health import Health, Transition
from oma.model.ids import AgentId, PaneId
from oma.model.standing import AgentsStand
from oma.model.state import FleetState
from oma.model.wall_time import WallTime
from oma.screen.styled import StyledRows
from oma.store.store import Store
from oma.store.tail import Tail, TailStep
from oma.summary.health_changes import Change, ChangeLog, change_of, standing
from oma.summary.lanes import Lanes
from oma.summary.log_summary import PastLog
from oma.tui.dashboard_source import PresentSource
from oma.tui.log_follower import LogFollower
from oma.tui.past_timeline import PastLane, PastTimeline

CHANGES_KEPT = 5000
"""Hours of a busy fleet, in a few megabytes."""

CHANGES_DRAWN = 500
"""Of each agent, on the time line."""


@attrs.define
class LiveSource(PresentSource):
    """A `DashboardSource` on a store.

    Args:
        store: The log and its state.
        tail: Of the same store; its end is the end of what happens.
        now_s: The time of the log.
        calendar: Tells when the moments of the log were; it changes while the machine sleeps.
    """

    store: Store
    tail: Tail
    now_s: Callable[[], float]
    calendar: Callable[[], WallTime]
    past_logs: Sequence[PastLog] = ()
    """Of the history, in order of time."""
    past_lanes: Lanes | None = None
    """Of the same; the lanes end where this log begins."""
    timeline: None = attrs.field(default=None, init=False)
    _log: LogFollower = attrs.field(init=False)
    _seen: dict[AgentId, deque[tuple[datetime, Health]]] = attrs.Factory(dict)
    """How each agent became since this log began."""
    _changes: deque[Change] = attrs.Factory(lambda: deque(maxlen=CHANGES_KEPT))

    def __attrs_post_init__(self) -> None:
        self._log = LogFollower(self.tail, self._note)

    @property
    def t(self) -> float:
        """Now."""
        return self.now_s()

    @property
    def wall_time(self) -> WallTime:
        """The calendar as it is now."""
        return self.calendar()

    @property
    def state(self) -> FleetState:
        """The latest."""
        return self.store.state

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """The latest, the newest last."""
        return tuple(self._log.transitions)

    @property
    def changes(self) -> tuple[PastLog, ...]:
        """What the service had seen before, and what was seen since, the latest `CHANGES_KEPT` of it."""
        calendar = self.calendar()
        now = calendar.moment(self.now_s())
        return *self.past_logs, ChangeLog(calendar.began, now, tuple(self._changes))

    @property
    def past(self) -> PastTimeline | None:
        """How agents were in the past of the history, and since."""
        lanes, calendar = self.past_lanes, self.calendar()
        if lanes is None:
            return None
        now = calendar.moment(self.now_s())
        length_s = (now - lanes.began).total_seconds()
        listed = {agent.name: agent.id for agent in self.state.agents}
        return PastTimeline(
            began=lanes.began.astimezone(calendar.began.tzinfo),
            length_s=length_s,
            lanes=[
                PastLane(agent, name, [*lanes.spans(name), *self._since(agent, lanes.began, now)])
                for name, agent in (listed | dict.fromkeys(lanes.names) | listed).items()
            ],
        )

    def _since(
        self, agent: AgentId | None, began: datetime, now: datetime
    ) -> Iterator[tuple[float, float, Health]]:
        seen = [] if agent is None else [*self._seen.get(agent, ())]
        ends = [*(at for at, _ in seen[1:]), now]
        for (start, health), end in zip(seen, ends, strict=bool(seen)):
            yield (start - began).total_seconds(), (end - began).total_seconds(), health

    @property
    def screen_changed(self) -> bool:
        """Whether the followed pane has printed something, or was captured."""
        return self._log.screen_changed

    def follow_screen(self, pane: PaneId | None) -> None:
        """Take its screen as read: from now on, output of this pane is news."""
        self._log.pane, self._log.screen_changed = pane, False

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen; `None` where it is not known."""
        return self.store.styled_rows(agent, most_rows)

    def explain(self, name: str) -> Explanation | None:
        """Return why the agent is as it is; `None` where there is no such agent."""
        return self.store.explain(name)

    def _note(self, step: TailStep) -> None:
        state, calendar = self.store.state, self.calendar()
        news = {each.id for each in step.transitions}
        if isinstance(step.record.event, AgentsStand):
            stand = standing(state, calendar.moment(step.record.t))
            self._add(change for change in stand if change.id not in news)
        self._add(
            change_of(each, state.agent(each.id), calendar.moment(each.t))
            for each in step.transitions
        )

    def _add(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self._changes.append(change)
            seen = self._seen.setdefault(AgentId(change.id), deque(maxlen=CHANGES_DRAWN))
            seen.append((change.at, change.health))

    async def follow(self, news: Callable[[], None]) -> None:
        """Call `news` for what happens, in bursts, until the tail ends."""
        await self._log.run(news)
