"""What a dashboard shows: what happens now (`LiveSource`), or a recording that is played (`Player`)."""

from collections.abc import Callable, Iterable
from typing import Protocol

import attrs

from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.ids import AgentId, PaneId
from oma.model.state import AgentState, FleetState
from oma.model.wall_time import WallTime
from oma.screen.styled import StyledRows
from oma.summary.log_summary import PastLog
from oma.tui.cells import Size
from oma.tui.format import next_ages_change_s
from oma.tui.inputs import Input
from oma.tui.past_timeline import PastTimeline, past_rows
from oma.tui.timeline import Timeline
from oma.tui.view_model import View


class DashboardSource(Protocol):
    """All that a dashboard reads; what it asks for goes to its executor."""

    @property
    def t(self) -> float:
        """The moment that is shown, in seconds of the log."""

    @property
    def wall_time(self) -> WallTime:
        """The calendar of the log, in the user's time zone."""

    @property
    def state(self) -> FleetState:
        """The agents at that moment."""

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """The latest until then, the newest last."""

    @property
    def changes(self) -> tuple[PastLog, ...]:
        """The same with who asked what, from the beginning until then, in order of time."""

    @property
    def timeline(self) -> Timeline | None:
        """Where the recording stands; `None` for what happens now."""

    @property
    def past(self) -> PastTimeline | None:
        """How agents were until now; `None` for a recording, and where that is not known."""

    @property
    def screen_changed(self) -> bool:
        """Whether the followed pane may show something else than when it was last followed."""

    def follow_screen(self, pane: PaneId | None) -> None:
        """Take its screen as read: from now on, output of this pane is news."""

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen; `None` where it is not known."""

    def explain(self, name: str) -> Explanation | None:
        """Return why the agent is as it is; `None` where there is no such agent."""

    def size_left(self, size: Size, view: View) -> Size:
        """Return how much of a terminal a view has left for the agents."""

    def handle(self, view: View, given: Input) -> View | None:
        """Handle an input; return the view after it, or `None` for one that is the dashboard's."""

    def next_frame_s(self, seen: Iterable[AgentState]) -> float:
        """Return in how many seconds time alone changes what is shown of agents; infinite when never."""

    async def follow(self, news: Callable[[], None]) -> None:
        """Call `news` whenever something has changed; return at the end of what happens."""


class PresentSource(DashboardSource, Protocol):
    """What the sources of what happens now have in common."""

    def size_left(self, size: Size, view: View) -> Size:
        """Return what the time line of the past leaves."""
        shown = self.past if view.timeline else None
        return attrs.evolve(size, rows=size.rows - past_rows(shown, size))

    def handle(self, view: View, given: Input) -> View | None:  # noqa: ARG002  # none is for it
        """Leave every input to the dashboard."""
        return None

    def next_frame_s(self, seen: Iterable[AgentState]) -> float:
        """Return in how many seconds the age of one of the agents reads differently."""
        now_s, wall_time = self.t, self.wall_time
        moments = {t for agent in seen for t in (agent.active_s, agent.verdict.since_s)}
        return next_ages_change_s(wall_time.elapsed_s(t, now_s) for t in moments)
