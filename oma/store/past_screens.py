"""The screens of the past: what every pane showed at any moment of a log.

A screen is a function of its last capture and the bytes since, so both are kept, and a screen is
made when somebody looks. Looking forward feeds what was printed meanwhile; looking back begins
again at the capture.
"""

from array import array
from bisect import bisect_right
from operator import itemgetter

import attrs

from oma.model import events
from oma.model.ids import PaneId, SessionId
from oma.model.standing import WatchBegan
from oma.screen.emulator import Screen
from oma.screen.styled import StyledRows


@attrs.define
class _PaneHistory:
    """All that one pane showed for one session."""

    data: bytearray = attrs.Factory(bytearray)
    times: "array[float]" = attrs.Factory(lambda: array("d"))
    """When something was printed."""
    ends: "array[int]" = attrs.Factory(lambda: array("Q"))
    """Where in `data` that ended."""
    start_times: "array[float]" = attrs.Factory(lambda: array("d"))
    starts: list[tuple[events.PaneCaptured | None, int]] = attrs.Factory(list)
    """A capture and where in `data` its output begins; `None` where the screen is not known."""

    def start(self, t: float, captured: events.PaneCaptured | None) -> None:
        self.start_times.append(t)
        self.starts.append((captured, len(self.data)))

    def printed(self, t: float, data: bytes) -> None:
        if self.starts and self.starts[-1][0] is not None:
            self.data += data
            self.times.append(t)
            self.ends.append(len(self.data))

    def start_at(self, t: float) -> int:
        """Return which of `starts` is in force at `t`; -1 before the first."""
        return bisect_right(self.start_times, t) - 1

    def end_at(self, t: float) -> int:
        """Return how many of the bytes were printed by `t`."""
        index = bisect_right(self.times, t)
        return self.ends[index - 1] if index else 0


@attrs.define
class _Shown:
    """The one screen that is kept between looks, and how far it was fed."""

    strip: _PaneHistory
    start: int
    fed_bytes: int
    screen: Screen


@attrs.define
class PastScreens:
    """Takes the events of a log in order; tells what was on a pane's screen at any time of it.

    Which pane belongs to which session follows `oma.reducers.fleet` exactly.
    """

    _strips: dict[tuple[SessionId, PaneId], list[tuple[float, _PaneHistory]]] = attrs.Factory(dict)
    """What a pane showed for a session, each from a time on: a pane that moves brings what it showed, and another one
    of this name may have been there before, on a server that ended."""
    _panes: dict[SessionId, set[PaneId]] = attrs.Factory(dict)
    """Of the sessions that are there, or that a pane of ours has moved to."""
    _opened: set[SessionId] = attrs.Factory(set)
    _owner: dict[PaneId, SessionId] = attrs.Factory(dict)
    _shown: _Shown | None = None

    def take(self, t: float, event: events.Event) -> None:  # noqa: C901  # a table of types
        """Take what happened at `t`; not before the event that was taken last."""
        match event:
            case events.PaneOutput(pane, data):
                strip = self._strip(pane)
                if strip is not None:
                    strip.printed(t, data)
            case events.PaneCaptured():
                self._start(t, event.pane, event)
            case events.OutputLost() | events.PaneResized():
                self._start(t, event.pane, None)
            case events.PaneSeen():
                self._seen(t, event.pane, event.session)
            case events.PaneClosed(pane):
                session = self._owner.pop(pane, None)
                if session is not None:
                    self._panes[session].discard(pane)
            case events.SessionOpened(session) if event.is_agent or session not in self._panes:
                self._open(session)
            case events.SessionClosed(session):
                self._opened.discard(session)
                for pane in self._panes.pop(session, ()):
                    self._owner.pop(pane, None)
            case events.ServerLost() | WatchBegan():
                self._panes.clear()
                self._opened.clear()
                self._owner.clear()
            case _:
                pass  # no screen changes by it

    def styled_rows_at(
        self, t: float, session: SessionId, pane: PaneId, most_rows: int
    ) -> StyledRows | None:
        """Return the bottom rows of a screen at `t`, with colours; `None` if it is not known."""
        strips = self._strips.get((session, pane), [])
        index = bisect_right(strips, t, key=itemgetter(0)) - 1
        screen = None if index < 0 else self._screen_at(t, strips[index][1])
        if screen is None:
            return None
        screen.lines()  # notices a failure of the emulator, as the look of the fold does
        return None if screen.failed is not None else screen.styled(most_rows)

    def _screen_at(self, t: float, strip: _PaneHistory) -> Screen | None:
        index = strip.start_at(t)
        captured, offset = strip.starts[index] if index >= 0 else (None, 0)
        if captured is None:
            return None
        end = max(offset, strip.end_at(t))
        shown = self._shown
        if shown is None or shown.strip is not strip or shown.start != index:
            shown = None
        if shown is None or shown.fed_bytes > end:
            shown = self._shown = _Shown(strip, index, offset, Screen.seeded(captured))
        if shown.fed_bytes < end:
            shown.screen.feed(bytes(strip.data[shown.fed_bytes : end]))
            shown.fed_bytes = end
        return shown.screen

    def _strip(self, pane: PaneId) -> _PaneHistory | None:
        session = self._owner.get(pane)
        return None if session is None else self._strips[session, pane][-1][1]

    def _start(self, t: float, pane: PaneId, captured: events.PaneCaptured | None) -> None:
        strip = self._strip(pane)
        if strip is not None:
            strip.start(t, captured)

    def _open(self, session: SessionId) -> None:
        # A pane that had moved to it before stays an agent of it.
        if session in self._opened or session not in self._panes:
            self._panes[session] = set()
            self._owner = {p: s for p, s in self._owner.items() if s != session}
        self._opened.add(session)

    def _seen(self, t: float, pane: PaneId, session: SessionId) -> None:
        if session not in self._panes and pane not in self._owner:
            return
        self._panes.setdefault(session, set())
        before = self._owner.get(pane, session)
        self._owner[pane] = session
        if before != session:  # it moved, and its screen with it
            self._panes[before].discard(pane)
            self._panes[session].add(pane)
            strip = self._strips[before, pane][-1][1]
            self._strips.setdefault((session, pane), []).append((t, strip))
        elif pane not in self._panes[session]:
            self._panes[session].add(pane)
            self._strips.setdefault((session, pane), [(t, _PaneHistory())])[-1][1].start(t, None)
