"""What happens now, as a dashboard shows it."""

import math
from collections import deque
from collections.abc import Callable, Sequence

import attrs

from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.ids import AgentId, PaneId
from oma.model.standing import AgentsStand
from oma.model.state import FleetState
from oma.model.wall_time import WallTime
from oma.screen.styled import StyledRows
from oma.store.store import Store
from oma.store.tail import Step, Tail
from oma.summary.changes import Change, ChangeLog, change_of, standing
from oma.tui.cells import Size
from oma.tui.format import next_change_s
from oma.tui.inputs import Input
from oma.tui.log_follower import LogFollower
from oma.tui.view_model import View

CHANGES_KEPT = 5000
"""Hours of a busy fleet, in a few megabytes."""


@attrs.define
class LiveSource:
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
    past: Sequence[ChangeLog] = ()
    """Of the history, in order of time."""
    timeline: None = attrs.field(default=None, init=False)
    _log: LogFollower = attrs.field(init=False)
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
    def changes(self) -> tuple[ChangeLog, ...]:
        """What the service had seen before, and what was seen since, the latest `CHANGES_KEPT` of it."""
        calendar = self.calendar()
        now = calendar.moment(self.now_s())
        return *self.past, ChangeLog(calendar.began, now, tuple(self._changes))

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

    def size_left(self, size: Size) -> Size:
        """Return all of it."""
        return size

    def handle(self, view: View, given: Input) -> View | None:  # noqa: ARG002  # none is for it
        """Leave every input to the dashboard."""
        return None

    def next_frame_s(self) -> float:
        """Return in how many seconds the age of an agent reads differently."""
        now_s, wall_time = self.now_s(), self.calendar()
        ages = [wall_time.elapsed_s(a.active_s, now_s) for a in self.state.agents]
        return min((next_change_s(age) for age in ages if age < math.inf), default=math.inf)

    def _note(self, step: Step) -> None:
        state, calendar = self.store.state, self.calendar()
        news = {each.id for each in step.transitions}
        if isinstance(step.record.event, AgentsStand):
            stand = standing(state, calendar.moment(step.record.t))
            self._changes += [change for change in stand if change.id not in news]
        for each in step.transitions:
            self._changes.append(change_of(each, state.agent(each.id), calendar.moment(each.t)))

    async def follow(self, news: Callable[[], None]) -> None:
        """Call `news` for what happens, in bursts, until the tail ends."""
        await self._log.run(news)
