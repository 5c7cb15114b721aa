"""What happens now on several machines, as a dashboard shows it."""

from collections import deque
from collections.abc import Callable

import attrs
import trio

from oma.model.events import PaneCaptured, PaneOutput
from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.hosts import host_of
from oma.model.ids import AgentId, PaneId
from oma.model.state import FleetState
from oma.model.wall_time import WallTime
from oma.screen.styled import StyledRows
from oma.store.hosts_view import FleetNews, HostsView, Runs
from oma.summary.health_changes import Change, ChangeLog, change_of
from oma.tui.dashboard_source import PresentSource
from oma.tui.followed_past import FollowedPast
from oma.tui.live_source import CHANGES_KEPT
from oma.tui.log_follower import FRAMES_A_SECOND, TRANSITIONS_KEPT
from oma.tui.past_timeline import PastTimeline

AGENTS_A_SECOND = 40_000
"""As many are looked at for frames that nobody asked for; a frame looks at all of them."""


@attrs.define
class FleetsSource(PresentSource):
    """A `DashboardSource` on the agents of several machines.

    Args:
        fleets: All that is known of them.
        calendar: Tells when the moments of their common clock were.
    """

    fleets: HostsView
    calendar: Callable[[], WallTime]
    timeline: None = attrs.field(default=None, init=False)
    screen_changed: bool = attrs.field(default=True, init=False)
    """Whether the followed pane has printed something, or was captured."""
    _pane: PaneId | None = None
    _transitions: deque[Transition] = attrs.Factory(lambda: deque(maxlen=TRANSITIONS_KEPT))
    _changes: deque[Change] = attrs.Factory(lambda: deque(maxlen=CHANGES_KEPT))
    _began_s: float = attrs.field(init=False)
    _followed_past: FollowedPast = attrs.field(init=False)
    _state: FleetState | None = None
    """As it was at the last news that was shown: a key alone asks for no other."""
    _news: trio.Event = attrs.Factory(trio.Event)

    def __attrs_post_init__(self) -> None:
        self._began_s, self._followed_past = self.t, FollowedPast()
        self.fleets.told.append(self._take)

    @property
    def t(self) -> float:
        """Now."""
        return self.fleets.clock()

    @property
    def wall_time(self) -> WallTime:
        """The calendar as it is now."""
        return self.calendar()

    @property
    def state(self) -> FleetState:
        """As it is shown."""
        if self._state is None:
            self._state = self.fleets.state
        return self._state

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """The latest, the newest last; first those that the followed pane's machine told before."""
        before = (told for run in self._runs or () for told in run if told.t < self._began_s)
        return *deque(before, TRANSITIONS_KEPT), *self._transitions

    @property
    def changes(self) -> tuple[ChangeLog, ...]:
        """What was seen since the dashboard began, the latest `CHANGES_KEPT` of it."""
        calendar = self.calendar()
        return (ChangeLog(calendar.began, calendar.moment(self.t), tuple(self._changes)),)

    @property
    def past(self) -> PastTimeline | None:
        """How the agents of the followed pane's machine were, where somebody tells that."""
        runs = self._runs
        if runs is None:
            return None
        return self._followed_past.timeline(
            self._host, runs, self._changes, self.state.agents, self.calendar(), self.t
        )

    @property
    def _host(self) -> str:
        return "" if self._pane is None else host_of(self._pane)[1]

    @property
    def _runs(self) -> Runs | None:
        return self.fleets.past(self._host) if self._host else None

    def follow_screen(self, pane: PaneId | None) -> None:
        """Take its screen as read: from now on, output of this pane is news."""
        self._pane, self.screen_changed = pane, False

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen; `None` where it is not known."""
        return self.fleets.styled_rows(agent, most_rows)

    def explain(self, name: str) -> Explanation | None:
        """Return why the agent is as it is; `None` where there is no such agent."""
        return self.fleets.explain(name)

    async def follow(self, news: Callable[[], None]) -> None:
        """Call `news` for what happens, at most `FRAMES_A_SECOND` times a second; never returns.

        Of many agents some are otherwise all the time: they are shown less often.
        """
        while True:
            await self._news.wait()
            self._news, self._state = trio.Event(), None
            news()
            count = len(self.state.agents)
            await trio.sleep(max(1 / FRAMES_A_SECOND, count / AGENTS_A_SECOND))

    def _take(self, news: FleetNews) -> None:
        for told in news.transitions:
            self._transitions.append(told)
            agent = self.fleets.agent(told.id)
            change = change_of(told, agent, self.calendar().moment(told.t))
            self._changes.append(change)
            self._followed_past.take(news.host, change)
        if isinstance(news.event, PaneOutput | PaneCaptured):
            is_shown = self._pane is not None and host_of(self._pane) == (
                news.event.pane,
                news.host,
            )
            self.screen_changed = self.screen_changed or is_shown
            if not is_shown and not news.transitions:
                self._state = None  # some prints all the time: who has is seen with the next frame
                return
        self._news.set()
