"""Follows the panes of one session on its control client: wire events in, facts and commands out.

Sans I/O. The law is the two-phase capture, which is exact on every tmux measured (3.2a to 3.7):
`pause`, wait for its end, then capture and continue on one line. Output of the pane that comes
after the pause's end was printed after the capture, even when it overtakes the capture's reply:
it is held until then.

What a pane prints while it is paused reaches nobody. So a pane that is followed already is first
captured without a pause: where it printed nothing meanwhile, that is as exact. One that prints
without end, and one that tmux paused by itself (we were behind), loses output: that is logged
where it happened.
"""

from collections import deque
from enum import Enum, auto

import attrs

from oma.model.events import Event, OutputLost, PaneOutput, PaneResized
from oma.model.ids import PaneId, SessionId
from oma.tmux import notifications as wire
from oma.tmux.commands.clients import PausePane, Subscribe
from oma.tmux.commands.command import AnyCommand
from oma.tmux.followed_pane import FollowedPane, Phase
from oma.tmux.layout_strings import parse_layout
from oma.tmux.output_coalescer import OutputCoalescer
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import answer
from oma.tmux.queries.screen import capture
from oma.tmux.queries.screen_continued import capture_and_continue
from oma.tmux.queries.screen_state import parse_screen

BEHIND = "tmux paused it: oma was behind"

MOST_LOOKS = 4
"""How often a pane is captured without a pause: a repaint after a resize takes a few turns."""


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
        inventory: What is known of the server; told of new sizes.
        tells_programs: tmux is to tell, by a `SubscriptionChanged`, when a program is started anew in a pane.
    """

    session: SessionId
    inventory: PaneInventory
    tells_programs: bool = False
    attached: bool = False
    """tmux confirmed the attach; before 3.4 nothing may be written earlier."""
    over: str | None = None
    """Why this client has nothing more to watch; it is to be ended."""
    commands: list[AnyCommand] = attrs.Factory(list)
    """To be sent, in order; the caller takes them."""
    _panes: dict[PaneId, FollowedPane] = attrs.Factory(dict)
    _off: set[PaneId] = attrs.Factory(set)
    """Panes of which tmux sends nothing, for they are no agents."""
    _asked: deque[tuple[_Asked, PaneId]] = attrs.Factory(deque)
    _waiting: list[PaneId] = attrs.Factory(list)
    _coalescer: OutputCoalescer = attrs.Factory(OutputCoalescer)
    _events: list[Event] = attrs.Factory(list)

    def watch(self, pane: PaneId) -> None:
        """Capture the pane and follow it from there; again for one that is followed."""
        known = self._panes.get(pane)
        self._off.discard(pane)
        if known is None:
            self._panes[pane] = FollowedPane()
            if self.attached:
                self._begin(pane)
            else:
                self._waiting.append(pane)
        elif known.phase is Phase.LIVE:
            known.looks = 0
            self._look(pane, known)
        else:
            known.again = True

    def leave(self, pane: PaneId) -> list[Event]:
        """Stop following a pane; return what was held back of it.

        The pane is paused on this client: one that moved to another session would otherwise be
        buffered by the server for ever (tmux 3.2 to 3.7).
        """
        known = self._panes.pop(pane, None)
        held = [] if known is None else known.held.take(pane)
        if self.attached and self.over is None:
            self._ask(_Asked.PARK, pane, PausePane(pane))
        return [*held, *self._carried(pane)]

    def receive(self, batch: list[wire.WireEvent]) -> list[Event]:
        """Take one read and return the facts in it, in order."""
        for event in self._coalescer.join(batch):
            if self.over is not None:
                break  # what follows belongs to another session
            self._take(event)
        events, self._events = self._events, []
        return events

    def ask_answer(self) -> None:
        """Ask for an answer, which says nothing: tmux writes what it holds for this client before it."""
        pane = next(iter(self._panes), None)
        if self.attached and self.over is None and pane is not None:
            self._ask(_Asked.PARK, pane, answer(self.session))

    def farewell(self) -> list[AnyCommand]:
        """Return what is to be sent before the client leaves: every pane is paused.

        The server may otherwise die of what it has not written to the client yet (`control_append_data`, tmux 3.2 to
        the head): output of the pane that comes in the same turn as the client's end makes it forget that.
        """
        if not self.attached or self.over is not None:
            return []
        return [PausePane(pane) for pane in self._panes]

    def finish(self) -> list[Event]:
        """Return what is still held when the client has ended."""
        for pane_id, pane in self._panes.items():
            self._events += [*pane.held.take(pane_id), *self._carried(pane_id)]
        events, self._events = self._events, []
        return events

    def _take(self, event: wire.WireEvent) -> None:
        match event:
            case wire.Output():
                self._output(event)
            case wire.Reply(asked=True):
                self._answered(event)
            case wire.Reply():
                self._attach(event)
            case wire.PanePaused(pane):
                self._paused(pane)
            case wire.LayoutChanged():
                self._resized(event)
            case wire.SessionChanged(session) if session != self.session:
                self.over = "its session ended"
            case wire.Exit(reason):
                self.over = reason or "detached"
            case _:
                pass  # structure is the hub's matter

    def _output(self, event: wire.Output) -> None:
        owner = self.inventory.owner(event.pane)
        if owner not in {None, self.session}:
            # It moves, or another session shows it too: the client there says what it prints, and
            # clients are not in step with each other.
            return
        pane = self._panes.get(event.pane)
        if pane is None and not self.inventory.is_followed(event.pane, self.session):
            self._turn_off(event.pane)
            return
        if pane is not None and pane.phase is Phase.CAPTURING:
            pane.held.put(event.data)
            return
        self._events.append(PaneOutput(event.pane, event.data))
        if pane is not None:
            pane.printed = True

    def _turn_off(self, pane: PaneId) -> None:
        """Have tmux send nothing of a pane that is no agent; what came of it is no matter of ours."""
        if pane not in self._off:
            self._off.add(pane)
            self._ask(_Asked.PARK, pane, PausePane(pane))

    def _answered(self, reply: wire.Reply) -> None:
        if not self._asked:
            return  # a hook of the user's that runs commands in our name
        asked, pane_id = self._asked.popleft()
        pane = self._panes.get(pane_id)
        if not reply.ok:
            self._refused(pane_id)
        elif pane is None:
            return
        elif asked is _Asked.PAUSE:
            self._capture(pane_id, pane, reply)
        elif asked is _Asked.SCREEN:
            pane.screen = parse_screen(reply.lines())
        elif asked is _Asked.CAPTURE:
            self._captured(pane_id, pane, reply.data)

    def _look(self, pane_id: PaneId, pane: FollowedPane) -> None:
        pane.phase = Phase.LOOKING
        pane.printed = False
        pane.looks += 1
        self.commands.append(capture(pane_id, has_ended=self.inventory.has_ended(pane_id)))
        for part in (_Asked.SCREEN, _Asked.CAPTURE):
            self._asked.append((part, pane_id))

    def _pause(self, pane_id: PaneId, pane: FollowedPane) -> None:
        pane.phase = Phase.PAUSING
        self._ask(_Asked.PAUSE, pane_id, PausePane(pane_id))

    def _capture(self, pane_id: PaneId, pane: FollowedPane, paused: wire.Reply) -> None:
        if pane.printed and not pane.behind:
            # A pause drops what tmux has not sent yet.
            self._lost(pane_id, "it printed all the while it was to be captured")
        pane.phase = Phase.CAPTURING
        pane.printed = False
        pane.looks = 0
        pane.behind = False
        pane.own_pause_told = b"%pause" in paused.data
        has_ended = self.inventory.has_ended(pane_id)
        self.commands.append(capture_and_continue(pane_id, has_ended=has_ended))
        for part in (_Asked.SCREEN, _Asked.CAPTURE, _Asked.CONTINUE):
            self._asked.append((part, pane_id))

    def _attach(self, reply: wire.Reply) -> None:
        if self.attached:
            return
        if not reply.ok:
            self.over = reply.data.decode(errors="replace").strip()
            return
        self.attached = True
        for pane in self._waiting:
            self._begin(pane)
        self._waiting.clear()

    def _begin(self, pane: PaneId) -> None:
        if self.tells_programs:
            self._ask(_Asked.PARK, pane, Subscribe("program", pane, "#{pane_pid}"))
        self._ask(_Asked.PAUSE, pane, PausePane(pane))

    def _refused(self, pane_id: PaneId) -> None:
        # The pane is gone, and tmux runs a line up to the first command that fails.
        rest_of_line = {(_Asked.CAPTURE, pane_id), (_Asked.CONTINUE, pane_id)}
        while self._asked and self._asked[0] in rest_of_line:
            self._asked.popleft()
        self._panes.pop(pane_id, None)

    def _captured(self, pane_id: PaneId, pane: FollowedPane, data: bytes) -> None:
        if pane.phase is Phase.LOOKING and (pane.printed or pane.behind):
            if pane.behind or pane.looks >= MOST_LOOKS:
                self._pause(pane_id, pane)
            else:
                self._look(pane_id, pane)
            return
        screen = pane.screen
        if screen is not None:
            self._events.append(screen.captured(pane_id, data))
        pane.again |= pane.held.lost is not None
        self._events += pane.held.take(pane_id)
        pane.phase = Phase.LIVE
        if pane.behind:
            self._pause(pane_id, pane)
        elif pane.again:
            self.watch(pane_id)
        pane.again = False

    def _paused(self, pane_id: PaneId) -> None:
        pane = self._panes.get(pane_id)
        if pane is None:
            return
        if pane.phase is Phase.CAPTURING and not pane.own_pause_told:
            pane.own_pause_told = True
            return
        pane.behind = True
        if pane.phase is Phase.CAPTURING:
            pane.held.lose(BEHIND)  # after what is held, which is not logged yet
            return
        self._lost(pane_id, BEHIND)
        if pane.phase is Phase.LIVE:
            self._pause(pane_id, pane)

    def _lost(self, pane_id: PaneId, reason: str) -> None:
        self._events += [*self._carried(pane_id), OutputLost(pane_id, reason)]

    def _resized(self, event: wire.LayoutChanged) -> None:
        resized = self.inventory.resize(parse_layout(event.visible))
        self._events += resized
        for change in resized:
            if isinstance(change, PaneResized):
                self.watch(change.pane)

    def _carried(self, pane_id: PaneId) -> list[Event]:
        data = self._coalescer.take_carry(pane_id)
        return [PaneOutput(pane_id, data)] if data else []

    def _ask(self, asked: _Asked, pane: PaneId, command: AnyCommand) -> None:
        self.commands.append(command)
        self._asked.append((asked, pane))
