"""The logs of agents: lines of what they print, kept while somebody reads them.

The lines of one agent are made once; each reader takes them at their own pace, and gets a
snapshot of the screen at the start, after a gap, and when they fell behind.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

import attrs
import trio

from oma.model import events
from oma.model.ids import PaneId
from oma.model.state import AgentState
from oma.screen.printed import Printed
from oma.web.presenter.agent_presenter import AgentPresenter
from oma.web.streams.frames import PULSE, Numbering, frame

KEPT_LINES = 5000
"""Of one agent; who has missed more gets a snapshot."""

STAYS_S = 60.0
"""How long an agent's lines are made on after its last reader left, who may come back."""


@attrs.define(eq=False)
class Log:
    """The lines of one pane, numbered from 1."""

    pane: PaneId
    numbering: Numbering = attrs.Factory(Numbering)
    number: int = 0
    """Of the newest line."""
    readers: int = 0
    left_s: float = 0.0
    """When the last reader left, in seconds of the log."""
    _printed: Printed = attrs.Factory(Printed)
    _lines: deque[str] = attrs.Factory(lambda: deque(maxlen=KEPT_LINES))
    _framed: tuple[int, int, bytes] = (-1, -1, b"")
    """The event that was made last, and from where to where it goes."""
    _lot: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)

    def take(self, data: bytes) -> None:
        """Take output of the pane."""
        lines = self._printed.feed(data)
        if lines:
            self._lines.extend(lines)
            self.number += len(lines)
            self._lot.unpark_all()

    def begin_anew(self) -> None:
        """Take note that output was lost: every reader gets a snapshot."""
        self.numbering = Numbering()
        self._printed = Printed()
        self._lines.clear()
        self._framed = (-1, -1, b"")
        self._lot.unpark_all()

    def after(self, number: int) -> list[str] | None:
        """Return the lines after that number; `None` where some are not kept any more."""
        missing = self.number - number
        if missing < 0 or missing > len(self._lines):
            return None
        return list(islice(reversed(self._lines), missing))[::-1]

    def frame_after(self, number: int) -> bytes | None:
        """Return the lines after that number as an event; empty for none, `None` as `after`.

        Readers who are equally far get the very same bytes.
        """
        if self._framed[:2] != (number, self.number):
            lines = self.after(number)
            if lines is None:
                return None
            told = {"lines": lines}
            data = frame("lines", told, self.numbering.ident(self.number)) if lines else b""
            self._framed = (number, self.number, data)
        return self._framed[2]

    def wake(self) -> None:
        """Have every reader look again."""
        self._lot.unpark_all()

    async def wait(self) -> None:
        """Wait for anything new."""
        await self._lot.park()


@attrs.define
class Logs:
    """The logs that somebody reads."""

    _logs: dict[PaneId, Log] = attrs.Factory(dict)

    def take(self, record: events.Record) -> None:
        """Take the next record of the store."""
        if not self._logs:
            return
        match record.event:
            case events.PaneOutput(pane, data):
                log = self._logs.get(pane)
                if log is not None:
                    log.take(data)
                    self._drop_if_left(log, record.t)
            case events.PaneCaptured(pane) | events.OutputLost(pane):
                log = self._logs.get(pane)
                if log is not None:
                    log.begin_anew()
            case (
                events.PaneSeen()
                | events.PaneClosed()
                | events.SessionClosed()
                | events.ServerLost()
            ):
                for log in self._logs.values():
                    log.wake()  # an agent may be gone, or speak from another pane
            case _:
                pass

    def lose(self) -> None:
        """Take note that records were missed."""
        for log in self._logs.values():
            log.begin_anew()

    def open(self, pane: PaneId) -> Log:
        """Return the log of a pane for one more reader."""
        log = self._logs.setdefault(pane, Log(pane))
        log.readers += 1
        return log

    def _drop_if_left(self, log: Log, t: float) -> None:
        if not log.readers and t - log.left_s > STAYS_S:
            del self._logs[log.pane]


@attrs.define
class LogReader:
    """One reader of an agent's log.

    Args:
        logs: Where it is kept.
        presenter: What is shown of the agent.
        find: Returns the agent; `None` once it is gone.
        resume: The place after which it goes on; a snapshot comes first where there is no such.
    """

    logs: Logs
    presenter: AgentPresenter
    find: Callable[[], AgentState | None]
    resume: str = ""
    _log: Log | None = None
    _numbering: Numbering | None = None
    _number: int = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Leave the log when the block ends."""
        try:
            yield
        finally:
            self._leave()

    async def next(self) -> bytes:
        """Wait for lines and return them; a snapshot at the start, and after a gap; empty at the end."""
        while True:
            agent = self.find()
            if agent is None or agent.gone or agent.pane is None:
                return b""
            log = self._bound(agent.pane)
            same = self._numbering is log.numbering
            told = log.frame_after(self._number) if same else None
            if told is None:
                return self._snapshot(log, agent)
            if told:
                self._number = log.number
                return told
            await log.wait()

    def pulse(self) -> bytes:
        """Return what shows that the stream still lives."""
        return PULSE

    def _bound(self, pane: PaneId) -> Log:
        if self._log is None or self._log.pane != pane:
            self._leave()
            self._log = log = self.logs.open(pane)
            number = log.numbering.number(self.resume)
            if number is not None:
                self._numbering, self._number = log.numbering, number
        return self._log

    def _leave(self) -> None:
        if self._log is not None:
            self._log.readers -= 1
            self._log.left_s = self.presenter.store.clock()
            self._log = None

    def _snapshot(self, log: Log, agent: AgentState) -> bytes:
        self._numbering, self._number = log.numbering, log.number
        lines = self.presenter.lines(agent)
        return frame("snapshot", {"lines": lines}, log.numbering.ident(log.number))
