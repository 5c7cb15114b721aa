"""Plays a recording to a dashboard: the past at the moment where the playhead stands."""

from collections.abc import Awaitable, Callable, Iterable

import attrs
import trio

from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.ids import AgentId, PaneId
from oma.model.state import AgentState, FleetState
from oma.model.wall_time import WallTime
from oma.screen.styled import StyledRows
from oma.store.history import History
from oma.summary.health_changes import Change, ChangeLog, change_of
from oma.tui.cells import Size
from oma.tui.inputs import Input, Key
from oma.tui.keymap import ACTING, Keymap
from oma.tui.playhead import Playhead, turn
from oma.tui.timeline import Timeline, timeline_rows
from oma.tui.view_model import Browsing, View

REFUSED = "this is a recording"

PLAYING_FRAME_S = 0.1
"""A replay that plays is drawn this often."""

READING_FRAME_S = 0.5
"""While it is paused, and the file is still being read."""

LIVE_FRAME_S = 1.0
"""A live one of which nothing new came: durations go on."""

TRANSITIONS_SHOWN = 200


@attrs.define
class Player:
    """A `DashboardSource` on a recording.

    Args:
        history: What was read so far.
        wall_s: The time of the wall, in seconds from anywhere.
        keymap: The keys in force: those that act are refused.
        rules: What judges, in words.
        playhead: Where to begin.
        whole: Says whether all was read.
        wall_time: When the moments of the recording were.
    """

    history: History
    wall_s: Callable[[], float]
    keymap: Keymap
    rules: str
    playhead: Playhead
    whole: Callable[[], bool]
    wall_time: WallTime
    came: Callable[[], Awaitable[None]] | None = None
    """Waits for records that were not there when it was last called; `None` for a file, which is not
    read as it is written. As long as more may come, the end goes on with the wall."""
    _began_s: float = float("inf")
    """When the log began, of the wall, as the record that came soonest after its time tells."""
    _shown_s: float = 0.0
    """Which second the last time line told: what is due next follows from that, not from now."""
    _changes: list[Change] = attrs.Factory(list)
    """Of all transitions that were read when they were last asked for."""

    @property
    def t(self) -> float:
        """Which second of the log is shown."""
        return self.playhead.moment_s(self.wall_s(), self.end_s)

    @property
    def end_s(self) -> float:
        """Return how far time has gone, in seconds of the log: that of a live one goes on by itself."""
        end_s = self.history.end_s
        if self.came is None or self.whole():
            return end_s
        self._began_s = min(self._began_s, self.wall_s() - end_s)
        return max(end_s, round(self.wall_s() - self._began_s, 6))

    @property
    def state(self) -> FleetState:
        """What was known at that second."""
        return self.history.state_at(self.t)

    @property
    def past(self) -> None:
        """The time line of the recording tells it."""

    @property
    def screen_changed(self) -> bool:
        """Always: time may have moved in either direction."""
        return True

    def follow_screen(self, pane: PaneId | None) -> None:
        """Nothing is followed: what was there is read anew for each frame."""

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen; `None` where it is not known."""
        return self.history.styled_rows_at(self.t, agent, most_rows)

    def explain(self, name: str) -> Explanation | None:
        """Return why the agent came to be judged so: the grounds at its last transition."""
        return self.history.explanation_at(self.t, name)

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """Return the last transitions, the newest last."""
        return self.history.transitions_before(self.t, TRANSITIONS_SHOWN)

    @property
    def changes(self) -> tuple[ChangeLog, ...]:
        """Return what was seen until then."""
        t, history = self.t, self.history
        for told in history.transitions[len(self._changes) :]:
            agent = history.state_at(told.t).agent(told.id)
            self._changes.append(change_of(told, agent, self.wall_time.moment(told.t)))
        until = self.wall_time.moment(t)
        known = tuple(change for change in self._changes if change.at <= until)
        return (ChangeLog(self.wall_time.began, until, known),)

    @property
    def timeline(self) -> Timeline:
        """Return what the time line shows."""
        self._shown_s, end_s = self.t, self.end_s
        live = self.came is not None and not self.whole()
        return Timeline(
            moment_s=self._shown_s,
            end_s=end_s,
            whole=self.whole() or live,
            live=live and self._shown_s >= end_s - LIVE_FRAME_S and not self.playhead.paused,
            speed=self.playhead.speed,
            paused=self.playhead.paused,
            rules=self.rules,
            agent_timelines=self.history.agent_timelines,
            asking=self.playhead.asking,
        )

    def size_left(self, size: Size, view: View) -> Size:  # noqa: ARG002  # it is always there
        """Return what the time line leaves of a screen."""
        return attrs.evolve(size, rows=size.rows - timeline_rows(self.timeline, size))

    def handle(self, view: View, given: Input) -> View | None:
        """Handle an input; return the view after it, or `None` for one that is the dashboard's."""
        asking = self.playhead.asking is not None
        if not isinstance(given, Key) or not (asking or isinstance(view.mode, Browsing)):
            return None
        said = self._press(given.name)
        return None if said is None else attrs.evolve(view, notice=said)

    def next_frame_s(self, seen: Iterable[AgentState]) -> float:  # noqa: ARG002  # no age changes by itself
        """Return in how many seconds there is something else to show; infinite when never.

        The end is shown like any other moment, also when it came just after a frame was made.
        """
        reading = not self.whole()
        if reading and self.came is not None:
            return LIVE_FRAME_S
        if not self.playhead.paused and (reading or self._shown_s < self.history.end_s):
            return PLAYING_FRAME_S
        return READING_FRAME_S if reading else float("inf")

    async def follow(self, news: Callable[[], None]) -> None:
        """Tell of records that come, as often as they are drawn; no end of theirs ends the dashboard."""
        while self.came is not None:
            await self.came()
            news()
            await trio.sleep(PLAYING_FRAME_S)
        await trio.sleep_forever()

    def _press(self, key: str) -> str | None:
        stops = self.history.stops
        turned = turn(self.playhead, key, self.wall_s(), stops, self.end_s)
        if turned is not None:
            self.playhead, said = turned
            return said
        return REFUSED if self.keymap.actions.get(key) in ACTING else None
