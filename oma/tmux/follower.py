"""Follows the panes of one session on its control client: wire events in, facts and lines out.

Sans I/O. The law is the two-phase capture, which is exact on every tmux measured (3.2a to 3.7):
`pause`, wait for its end, then capture and continue on one line. Output of the pane that comes
after the pause's end was printed after the capture, even when it overtakes the capture's reply:
it is held until then. A pane that tmux paused by itself (we were behind) has lost output: that is
logged, and the same capture brings it back.
"""

from collections import deque
from enum import Enum, auto

import attrs

from oma.model.events import Event, OutputLost, PaneCaptured, PaneOutput, PaneResized
from oma.model.ids import PaneId, SessionId
from oma.tmux.commands import capture_and_continue, pause
from oma.tmux.joiner import OutputJoiner
from oma.tmux.layout import parse_layout
from oma.tmux.notifications import (
    Exit,
    LayoutChanged,
    Output,
    PanePaused,
    Reply,
    SessionChanged,
    WireEvent,
)
from oma.tmux.queries import ScreenRow, parse_screen
from oma.tmux.roster import Roster

HELD_BYTES = 4 << 20
"""Output held while a capture is on its way; tmux itself drops a client long before that."""


class _Phase(Enum):
    PAUSING = auto()  # the pause is asked for; output still belongs before the capture
    CAPTURING = auto()  # output is held: it belongs after the capture
    LIVE = auto()


@attrs.define
class _Pane:
    phase: _Phase = _Phase.PAUSING
    again: bool = False
    """A capture was asked for while one was on its way."""
    own_pause_told: bool = False
    """tmux has told of our own pause: before 3.8 inside its block, later after it."""
    screen: ScreenRow | None = None
    held: list[bytes] = attrs.Factory(list)
    held_bytes: int = 0


class _Asked(Enum):
    PAUSE = auto()
    SCREEN = auto()
    CAPTURE = auto()
    CONTINUE = auto()
    PARK = auto()


@attrs.define
class Follower:
    """The watch on one session.

    Args:
        session: The session that the client was told to attach to.
        roster: What is known of the server; told of new sizes.
    """

    session: SessionId
    roster: Roster
    attached: bool = False
    """tmux confirmed the attach; before 3.4 nothing may be written earlier."""
    over: str | None = None
    """Why this client has nothing more to watch; it is to be ended."""
    lines: list[str] = attrs.Factory(list)
    """Command lines to send, in order; the caller takes them."""
    _panes: dict[PaneId, _Pane] = attrs.Factory(dict)
    _asked: deque[tuple[_Asked, PaneId]] = attrs.Factory(deque)
    _waiting: list[PaneId] = attrs.Factory(list)
    _joiner: OutputJoiner = attrs.Factory(OutputJoiner)
    _events: list[Event] = attrs.Factory(list)

    def watch(self, pane: PaneId) -> None:
        """Capture the pane and follow it from there; again for one that is followed."""
        known = self._panes.get(pane)
        if known is None:
            self._panes[pane] = _Pane()
        elif known.phase is _Phase.LIVE:
            known.phase = _Phase.PAUSING
        else:
            known.again = True
            return
        if self.attached:
            self._ask(_Asked.PAUSE, pane, pause(pane))
        else:
            self._waiting.append(pane)

    def leave(self, pane: PaneId) -> list[Event]:
        """Stop following a pane; return the bytes of it that were held back.

        The pane is paused on this client: one that moved to another session would otherwise be
        buffered by the server for ever (tmux 3.2 to 3.7).
        """
        self._panes.pop(pane, None)
        if self.attached and self.over is None:
            self._ask(_Asked.PARK, pane, pause(pane))
        return self._carried(pane)

    def receive(self, batch: list[WireEvent]) -> list[Event]:
        """Take one read and return the facts in it, in order."""
        for event in self._joiner.join(batch):
            if self.over is not None:
                break  # what follows belongs to another session
            self._take(event)
        events, self._events = self._events, []
        return events

    def finish(self) -> list[Event]:
        """Return what is still held when the client has ended."""
        for pane_id, pane in self._panes.items():
            self._release(pane_id, pane)
            self._events += self._carried(pane_id)
        events, self._events = self._events, []
        return events

    def _take(self, event: WireEvent) -> None:
        match event:
            case Output():
                self._output(event)
            case Reply(asked=True):
                self._answered(event)
            case Reply():
                self._attach(event)
            case PanePaused(pane):
                self._paused(pane)
            case LayoutChanged():
                self._resized(event)
            case SessionChanged(session) if session != self.session:
                self.over = "its session ended"
            case Exit(reason):
                self.over = reason or "detached"
            case _:
                pass  # structure is the hub's matter

    def _output(self, event: Output) -> None:
        pane = self._panes.get(event.pane)
        if pane is None or pane.phase is not _Phase.CAPTURING:
            self._events.append(PaneOutput(event.pane, event.data))
            return
        pane.held.append(event.data)
        pane.held_bytes += len(event.data)
        if pane.held_bytes > HELD_BYTES:
            pane.held.clear()
            pane.held_bytes = 0
            pane.again = True
            self._events.append(OutputLost(event.pane, "too much output during a capture"))

    def _answered(self, reply: Reply) -> None:
        if not self._asked:
            return  # a hook of the person's that runs commands in our name
        asked, pane_id = self._asked.popleft()
        pane = self._panes.get(pane_id)
        if not reply.ok:
            self._refused(asked, pane_id)
        elif pane is None:
            return
        elif asked is _Asked.PAUSE:
            self._capture(pane_id, pane, reply)
        elif asked is _Asked.SCREEN:
            pane.screen = parse_screen(reply.lines())
        elif asked is _Asked.CAPTURE:
            self._captured(pane_id, pane, reply.data)

    def _capture(self, pane_id: PaneId, pane: _Pane, paused: Reply) -> None:
        pane.phase = _Phase.CAPTURING
        pane.own_pause_told = b"%pause" in paused.data
        self.lines.append(capture_and_continue(pane_id))
        for part in (_Asked.SCREEN, _Asked.CAPTURE, _Asked.CONTINUE):
            self._asked.append((part, pane_id))

    def _attach(self, reply: Reply) -> None:
        if self.attached:
            return
        if not reply.ok:
            self.over = reply.data.decode(errors="replace").strip()
            return
        self.attached = True
        for pane in self._waiting:
            if pane in self._panes:
                self._ask(_Asked.PAUSE, pane, pause(pane))
        self._waiting.clear()

    def _refused(self, asked: _Asked, pane_id: PaneId) -> None:
        # tmux runs a line up to the first command that fails: the pane is gone.
        while self._asked and self._asked[0][1] == pane_id and asked is not _Asked.PAUSE:
            if self._asked[0][0] in {_Asked.PAUSE, _Asked.PARK}:
                break
            self._asked.popleft()
        if asked is not _Asked.PARK:
            self._panes.pop(pane_id, None)

    def _captured(self, pane_id: PaneId, pane: _Pane, data: bytes) -> None:
        screen = pane.screen
        if screen is not None:
            self._events.append(
                PaneCaptured(
                    pane=pane_id,
                    columns=screen.columns,
                    rows=screen.rows,
                    cursor_column=screen.cursor_column,
                    cursor_row=screen.cursor_row,
                    alternate=screen.alternate,
                    data=data,
                )
            )
        self._release(pane_id, pane)
        pane.phase = _Phase.LIVE
        if pane.again:
            pane.again = False
            self.watch(pane_id)

    def _paused(self, pane_id: PaneId) -> None:
        pane = self._panes.get(pane_id)
        if pane is None:
            return
        if pane.phase is _Phase.CAPTURING and not pane.own_pause_told:
            pane.own_pause_told = True
            return
        self._release(pane_id, pane)
        self._events += self._carried(pane_id)
        self._events.append(OutputLost(pane_id, "tmux paused it: oma was behind"))
        self.watch(pane_id)

    def _resized(self, event: LayoutChanged) -> None:
        resized = self.roster.resize(parse_layout(event.visible))
        self._events += resized
        for change in resized:
            if isinstance(change, PaneResized):
                self.watch(change.pane)

    def _release(self, pane_id: PaneId, pane: _Pane) -> None:
        if pane.held:
            self._events.append(PaneOutput(pane_id, b"".join(pane.held)))
            pane.held.clear()
            pane.held_bytes = 0

    def _carried(self, pane_id: PaneId) -> list[Event]:
        data = self._joiner.take_carry(pane_id)
        return [PaneOutput(pane_id, data)] if data else []

    def _ask(self, asked: _Asked, pane: PaneId, line: str) -> None:
        self.lines.append(line)
        self._asked.append((asked, pane))
