"""All terminals that somebody watches, fed from the log by one task.

There is no process for a viewer and none for a pane: what tmux tells the monitor is told on.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import trio

from oma.model.events import CommandSent, PaneOutput
from oma.model.ids import PaneId, SessionId
from oma.store.store import Store
from oma.store.tail import TailStep
from oma.web.presenter.subscribers import Subscribers
from oma.web.request_error import RequestError
from oma.web.terminal.input_queue import Keyboards
from oma.web.terminal.pane_stream import PaneStream
from oma.web.terminal.scrollback import ScrollbackSource
from oma.web.terminal.viewer import Viewer
from oma.web.terminal.write_lock import WriteLock

TAIL_STEPS, TAIL_BYTES = 50_000, 16 << 20


@attrs.define(eq=False)
class Terminal:
    """One pane that somebody watches."""

    stream: PaneStream
    control: WriteLock = attrs.Factory(WriteLock)

    def tell_control(self) -> None:
        """Tell every viewer who types."""
        holder = self.control.holder
        for viewer in self.stream.viewers:
            by = None if holder is None else holder.name
            viewer.tell("control", by=by, mine=holder is viewer)

    def tell_viewers(self, names: tuple[str, ...]) -> None:
        """Tell every viewer who watches."""
        for viewer in self.stream.viewers:
            viewer.tell("viewers", names=names)


@attrs.define
class Terminals:
    """The terminals of one server.

    Args:
        store: Where output comes from, and where it is logged who types.
        subscribers: Who watches and who controls, told to everybody.
        keyboards: What types.
        history: What panes keep of what has scrolled away.
        most: Terminals that may be open at once.
        most_each: As `most`, of one login.
    """

    store: Store
    subscribers: Subscribers
    keyboards: Keyboards
    history: ScrollbackSource
    most: int
    most_each: int
    _open: dict[PaneId, Terminal] = attrs.Factory(dict)

    @property
    def watched(self) -> tuple[PaneId, ...]:
        """The panes that somebody watches."""
        return tuple(self._open)

    @contextmanager
    def watch(self, pane: PaneId, session: SessionId, viewer: Viewer) -> Iterator[Terminal]:
        """Give somebody a pane's output while the block runs.

        Raises:
            RequestError: There are too many terminals, or this login has.
        """
        viewers = [each for terminal in self._open.values() for each in terminal.stream.viewers]
        if len(viewers) >= self.most:
            message = f"{self.most} terminals are open, which is the limit: close one"
            raise RequestError(429, message)
        if sum(each.name == viewer.name for each in viewers) >= self.most_each:
            message = f"you have {self.most_each} terminals open, which is the limit: close one"
            raise RequestError(429, message)
        terminal = self._open.get(pane)
        if terminal is None or terminal.stream.ended is not None:
            terminal = self._open[pane] = Terminal(self._stream(pane, session))
        terminal.stream.join(viewer)
        try:
            yield terminal
        finally:
            terminal.stream.leave(viewer)
            if not terminal.stream.viewers and self._open.get(pane) is terminal:
                del self._open[pane]

    def log(self, command: str, pane: PaneId, text: str) -> None:
        """Log what somebody did to a terminal."""
        self.store.append(CommandSent(command, pane, text))

    async def run(self) -> None:
        """Pass on what panes print until the store is closed."""
        tail = self.store.tail(TAIL_STEPS, TAIL_BYTES)
        due_s = float("inf")
        while True:
            steps: list[TailStep] | None = None
            with trio.move_on_at(due_s):
                steps = await tail.receive()
            if steps is not None and not steps:
                if not tail.cut_off:
                    return
                tail = self.store.tail(TAIL_STEPS, TAIL_BYTES)
                self._begin_again()
            due_s = self._pass_on(steps or [])

    def _pass_on(self, steps: list[TailStep]) -> float:
        """Take records; return when something is due."""
        for step in steps:
            event = step.record.event
            if isinstance(event, PaneOutput):
                terminal = self._open.get(event.pane)
                if terminal is not None:
                    terminal.stream.take(step.record)
            else:
                for terminal in self._open.values():
                    terminal.stream.take(step.record)
        now_s = trio.current_time()
        return min((t.stream.flush_due(now_s) for t in self._open.values()), default=float("inf"))

    def _begin_again(self) -> None:
        """Show everything anew: records are missing."""
        for pane, terminal in self._open.items():
            stream = self._stream(pane, terminal.stream.session)
            for viewer in terminal.stream.viewers:
                stream.join(viewer)
            terminal.stream = stream

    def _stream(self, pane: PaneId, session: SessionId) -> PaneStream:
        return PaneStream(pane, session, self.store.terminal, lambda: self.store.seq)
