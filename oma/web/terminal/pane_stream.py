"""One pane for all of its viewers: filtered once, put into frames once, sent to many.

A viewer gets the screen as the fold has it at record `n`, and all output from record `n + 1` on.
Both are taken in one synchronous step, so nothing is missing and nothing comes twice. What a
screen cannot tell, the unfinished end of the output, the filter holds for everybody.
"""

from collections.abc import Callable, Iterable

import attrs

from oma.model import events
from oma.model.ids import PaneId, SessionId
from oma.screen.snapshots import Snapshot
from oma.web.terminal.browser_filter import BrowserFilter
from oma.web.terminal.scrollback import above_screen
from oma.web.terminal.viewer import Viewer

FRAME_S = 1 / 60
"""Output goes out at once after silence, and then no more often: a display shows no more."""

FRAME_BYTES = 64 << 10
"""With more in one frame the whole screen is less, and says as much."""

AGAIN_S = 0.25
"""How soon a whole screen follows another one while a pane floods."""

_RESET = b"\x1bc"


@attrs.define(eq=False)
class PaneStream:
    """The output of one pane, and who gets it.

    Args:
        pane: Whose.
        session: Of the pane.
        look: Gives the terminal of the pane as it is now, where it is known.
        newest: Gives the number of the newest record.
    """

    pane: PaneId
    session: SessionId
    look: Callable[[PaneId], Snapshot | None]
    newest: Callable[[], int]
    ended: str | None = None
    """Why there will be no more output."""
    printed: int = 0
    """How often the pane has printed since it is watched."""
    _filter: BrowserFilter = attrs.field(factory=BrowserFilter, init=False)
    _since: int = attrs.field(init=False)
    """The filter knows of all records up to this one."""
    _current: list[Viewer] = attrs.field(factory=list, init=False)
    _joining: list[tuple[int, Viewer]] = attrs.field(factory=list, init=False)
    """Viewers, and the last record that is in the screen which they got."""
    _blind: list[Viewer] = attrs.field(factory=list, init=False)
    """They wait until the screen is known."""
    _frame: bytearray = attrs.field(factory=bytearray, init=False)
    _sent_s: float = attrs.field(default=float("-inf"), init=False)
    _shown: tuple[int, Snapshot, bytes] | None = attrs.field(default=None, init=False)
    """The latest snapshot, as it is sent, and the record it was taken at."""

    def __attrs_post_init__(self) -> None:
        self._since = self.newest()
        begun = self.look(self.pane)
        if begun is not None:
            self._filter.drop(begun.pending)

    def join(self, viewer: Viewer, captured: str = "") -> None:
        """Show the whole screen to somebody, new or not, and all output from now on.

        Args:
            viewer: Who.
            captured: The pane's lines as `above_screen` takes them, shown above the screen.
        """
        self.leave(viewer)
        shown = self._snapshot()
        if shown is None:
            self._blind.append(viewer)
            return
        seq, snapshot, data = shown
        past = above_screen(captured, snapshot.rows) if captured else b""
        viewer.show(snapshot.columns, snapshot.rows, data, _RESET + past)
        self._joining.append((seq, viewer))

    def leave(self, viewer: Viewer) -> None:
        """Give somebody nothing more."""
        self._current = [each for each in self._current if each is not viewer]
        self._joining = [each for each in self._joining if each[1] is not viewer]
        self._blind = [each for each in self._blind if each is not viewer]

    @property
    def viewers(self) -> list[Viewer]:
        """Everybody who watches."""
        return [*self._current, *(viewer for _, viewer in self._joining), *self._blind]

    def take(self, record: events.Record) -> None:
        """Take the next record; those of other panes may be left out."""
        if record.seq <= self._since or self.ended is not None:
            return
        if self._joining:
            self._admit(record.seq)
        match record.event:
            case events.PaneOutput(pane=self.pane, data=data):
                self.printed += 1
                shown = self._filter.drop(data)
                if len(self._frame) <= FRAME_BYTES:  # else it will not be sent
                    self._frame += shown
            case events.PaneCaptured(pane=self.pane):
                self._filter = BrowserFilter()
                self._show_all(self.viewers)
            case events.OutputLost(pane=self.pane) | events.ScreenFailed(pane=self.pane):
                self.flush()
                self._blind += self._current
                self._current = []
            case event:
                self._end_with(event)

    def _end_with(self, event: events.Event) -> None:
        match event:
            case events.PaneClosed(pane=self.pane):
                self._end("the pane was closed")
            case events.SessionClosed(session=self.session):
                self._end("the session has ended")
            case events.ServerLost():
                self._end("the tmux server is gone")
            case _:
                pass

    def _end(self, words: str) -> None:
        self.flush()
        self.ended = words
        for viewer in self.viewers:
            viewer.tell("ended", words=words)
            viewer.ended = True

    def flush_due(self, now_s: float) -> float:
        """Send the frame if it is time; return when there is something to do, or infinity."""
        if not self._frame:
            return float("inf")
        flooding = len(self._frame) > FRAME_BYTES
        due_s = self._sent_s + (AGAIN_S if flooding else FRAME_S)
        if now_s < due_s:
            return due_s
        self._sent_s = now_s
        if flooding:
            self._frame.clear()
            self._show_all(self._current)
        else:
            self.flush()
        return float("inf")

    def flush(self) -> None:
        """Send the frame to all who are to have it."""
        data = bytes(self._frame)
        self._frame.clear()
        for viewer in self._current if data else ():
            if len(data) > FRAME_BYTES:
                viewer.drop()  # it may end early
            else:
                viewer.put(data)

    def _admit(self, seq: int) -> None:
        """Let those have the output whose screen ends just before record `seq`."""
        ready = [viewer for last, viewer in self._joining if last < seq]
        if ready:
            self.flush()  # what is in it they have seen
            self._joining = [each for each in self._joining if each[0] >= seq]
            self._current += ready

    def _show_all(self, viewers: Iterable[Viewer]) -> None:
        for viewer in list(viewers):
            if viewer.behind:
                continue  # they ask for it themselves, once they have taken what was sent
            self.join(viewer)

    def _snapshot(self) -> tuple[int, Snapshot, bytes] | None:
        seq = self.newest()
        if self._shown is None or self._shown[0] != seq:
            snapshot = self.look(self.pane)
            if snapshot is None:
                return None
            self._shown = (seq, snapshot, BrowserFilter().drop(snapshot.data))
        return self._shown
