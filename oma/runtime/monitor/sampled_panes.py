"""Looks at sampled panes: the hub captures them, a few at a time, for as long as tmux tells that they print."""

import math
from collections.abc import Container, Iterable, Mapping

import attrs
import trio

from oma.model.events import PaneCaptured
from oma.model.ids import PaneId, SessionId
from oma.model.pane_sampled import PaneSampled
from oma.runtime.monitor.following import Following
from oma.runtime.monitor.hub import Hub
from oma.screen.output_shape import output_shape
from oma.store.store import Store
from oma.tmux.server_tracker import ServerTracker

CAPTURE_EVERY_S = 0.8
"""A dialog is told 1.2 s after it was painted at the latest."""

STEP_S = 0.025
"""Captures are spread over time: others get their answers between."""

NEW_AT_ONCE = 10
"""So many that were never captured may be asked for in one step: agents are shown soon after they were found."""

REPEATED_EVERY_S = 1.6
"""A capture that differs from the last one in what a spinner and a clock change alone is logged so often."""

MOVING_S = 2.5
"""A pane is captured for so long after tmux told that its window printed, which it tells once a second."""


@attrs.define
class _Pane:
    """A pane that is sampled."""

    session: SessionId
    moving_until_s: float
    captured_s: float = -math.inf
    """When it was last asked for."""
    last: PaneCaptured | None = None
    """That was logged."""
    last_shape: int = 0
    """Of that."""
    logged_s: float = -math.inf
    """When that was."""

    def is_news(self, captured: PaneCaptured, now_s: float) -> bool:
        """Say whether a capture is to be logged, and take it for logged then."""
        last = self.last
        if captured == last:
            return False
        shape, due_s = output_shape(captured.data), self.logged_s + REPEATED_EVERY_S
        if last is not None and shape == self.last_shape and now_s < due_s:
            # It is captured once more then, whatever is printed.
            self.moving_until_s = max(self.moving_until_s, due_s + CAPTURE_EVERY_S)
            return False
        self.last, self.last_shape, self.logged_s = captured, shape, now_s
        return True


@attrs.define
class SampledPanes:
    """Owner of the panes that are sampled.

    Args:
        store: Takes captures, and who is sampled.
        following: Knows the panes of sessions.
        hub: Captures.
    """

    store: Store
    following: Following
    hub: Hub
    _panes: dict[PaneId, _Pane] = attrs.Factory(dict)
    _moved: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    def update(self, reasons: Mapping[SessionId, str]) -> None:
        """Take which sessions are sampled, or that panes came, went or moved; log what that changes.

        Args:
            reasons: Why, of each session.
        """
        if not reasons and not self._panes:
            return
        there = self.following.panes_of(reasons)
        for pane, known in list(self._panes.items()):
            if there.get(pane) != known.session:
                del self._panes[pane]
                if self.following.is_followed(pane):
                    self.store.append(PaneSampled(pane, ""))
        until_s = trio.current_time() + MOVING_S
        for pane, session in there.items():
            if pane not in self._panes:
                self._panes[pane] = _Pane(session, until_s)
                self.store.append(PaneSampled(pane, reasons[session]))
        self._moved.unpark_all()

    def knows(self, pane: PaneId, session: SessionId, reasons: Container[SessionId]) -> bool:
        """Say whether `update` would change nothing for a pane that is in a session."""
        known = self._panes.get(pane)
        return (
            known is None
            if session not in reasons
            else known is not None and known.session == session
        )

    def forget(self, session: SessionId) -> None:
        """Take that a session is gone."""
        self._panes = {p: known for p, known in self._panes.items() if known.session != session}

    def recapture(self, pane: PaneId) -> bool:
        """Have a pane captured whatever it shows; say whether it is sampled."""
        known = self._panes.get(pane)
        if known is not None:
            known.last = None
            self.printed([pane])
        return known is not None

    def printed(self, panes: Iterable[PaneId]) -> None:
        """Take that something was printed in the windows of panes."""
        until_s = trio.current_time() + MOVING_S
        for pane in panes:
            if (known := self._panes.get(pane)) is not None:
                known.moving_until_s = until_s
                self._moved.unpark_all()

    def take(self, tracker: ServerTracker) -> None:
        """Take the captures that came; those that show something else are logged."""
        now_s = trio.current_time() if tracker.captures else 0.0
        for captured in tracker.captures:
            known = self._panes.get(captured.pane)
            if known is not None and known.is_news(captured, now_s):
                self.store.append(captured)

    def recapture_all(self) -> None:
        """Have every pane captured whatever it shows."""
        for pane in list(self._panes):
            self.recapture(pane)

    async def capture_moving(self) -> None:
        """Capture what is sampled and moves; for ever."""
        while True:
            now_s = trio.current_time()
            moving = {p: known for p, known in self._panes.items() if known.moving_until_s > now_s}
            tracker = self.hub.tracker
            if not moving or tracker is None:
                await self._moved.park()
                continue
            if not tracker.attached or tracker.is_capturing:  # it is slow: it gets no more to do
                await trio.sleep(STEP_S)
                continue
            due = sorted(moving, key=lambda pane: moving[pane].captured_s)
            new = sum(moving[pane].captured_s == -math.inf for pane in due)
            most = max(min(new, NEW_AT_ONCE), math.ceil(len(due) * STEP_S / CAPTURE_EVERY_S))
            due = [p for p in due[:most] if moving[p].captured_s + CAPTURE_EVERY_S <= now_s]
            for pane in due:
                moving[pane].captured_s = now_s
            if due:
                tracker.capture(due)
                self.hub.send()
            next_s = min(known.captured_s for known in moving.values()) + CAPTURE_EVERY_S
            with trio.move_on_at(next_s):
                await self._moved.park()
            await trio.sleep(STEP_S)
