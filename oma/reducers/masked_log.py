"""A part of a log that may be shown to others: one agent's, masked, and folded to the same verdict.

What an agent wrote is not masked byte by byte, for escape sequences cut its words. Its screen is: after
each output what is shown is masked, and what changed of that is written anew. What else is known of the
agent is kept where verdicts rest on it; names, directories and what users did are left out.
"""

from collections.abc import Iterator

import attrs

from oma.model import events
from oma.model.ids import PaneId, SessionId
from oma.model.pane_sampled import PaneSampled
from oma.model.printable import printable
from oma.model.signals import Signal
from oma.model.status_file import StatusFileRead
from oma.reducers.fact_masking import FactMasking
from oma.screen.emulator import Screen
from oma.screen.repainting import repaint, signal_output
from oma.screen.signal_scanner import SignalScanner

NAME = "oma-agent-reported"
"""What the agent is called in every masked log."""

_ALIVE_S = 0.2
"""Output that changes nothing is kept so often: it says that the agent is alive."""


@attrs.define
class MaskedLog:
    """Takes the events of a log in order; returns those that may be shown, from `start_s` on.

    Args:
        pane: The agent's.
        session: In which it runs.
        masking: Of what is told of the agent.
        start_s: In seconds of the log; what was before is told as the state at that moment.
    """

    pane: PaneId
    session: SessionId
    masking: FactMasking
    start_s: float
    _server: events.ServerConnected | None = None
    _opened: events.SessionOpened | None = None
    _found: events.AgentFound | None = None
    _seen: events.PaneSeen | None = None
    _sample: events.ProcessesSampled | None = None
    _status_file: StatusFileRead | None = None
    _signals: dict[type, Signal] = attrs.Factory(dict)
    """The last of each kind."""
    _scanner: SignalScanner = attrs.Factory(SignalScanner)
    _screen: Screen | None = None
    _shown: tuple[str, ...] = ()
    """Masked, as it was written last."""
    _cursor: tuple[int, int] = (0, 0)
    _active_s: float | None = None
    _told_s: float = -1.0
    """When output was last written."""
    _origin_s: float | None = None
    """The moment at which the masked log begins, once it has begun."""
    _seq: int = 0

    @property
    def origin_s(self) -> float:
        """The moment of the log at which the masked one begins."""
        return self.start_s if self._origin_s is None else self._origin_s

    def take(self, t: float, event: events.Event) -> Iterator[events.Record]:
        """Take the next event; yield what is to be written because of it."""
        if t >= self.start_s and self._origin_s is None:
            yield from self._begin()
        masked = self._masked(t, event)
        if self._origin_s is not None and masked is not None:
            yield self._record(t, masked)

    def end(self, t: float) -> Iterator[events.Record]:
        """Yield the end of the log at `t`."""
        if self._origin_s is None:
            yield from self._begin()
        yield self._record(t, events.MonitorStopped("reported"))

    def _begin(self) -> Iterator[events.Record]:
        """Yield what was known before: it begins when the agent was last active."""
        active_s = self.start_s if self._active_s is None else min(self._active_s, self.start_s)
        self._origin_s = max(0.0, active_s)
        for event in (self._server, self._opened, self._found, self._seen, self._sample):
            if event is not None:
                idle_s = round(self._origin_s - active_s, 6)
                told = attrs.evolve(event, idle_s=idle_s) if event is self._seen else event
                yield self._record(self._origin_s, told)
        if self._screen is not None and self._seen is not None:
            yield self._record(self._origin_s, self._capture(self._screen))
        if self._status_file is not None:
            yield self._record(self._origin_s, self._status_file)
        said = b"".join(map(signal_output, self._signals.values()))
        if said:
            yield self._record(self._origin_s, events.PaneOutput(self.pane, said))

    def _record(self, t: float, event: events.Event) -> events.Record:
        self._seq += 1
        return events.Record(self._seq, round(max(t, self.origin_s) - self.origin_s, 6), event)

    def _masked(self, t: float, event: events.Event) -> events.Event | None:
        match event:
            case events.ServerConnected():
                self._server = event
                return event
            case events.SessionOpened() if event.session == self.session:
                self._opened = attrs.evolve(event, name=NAME)
                return self._opened
            case events.SessionClosed() if event.session == self.session:
                renamed = None if event.renamed is None else "renamed"
                return attrs.evolve(event, renamed=renamed)
            case events.ProcessesSampled():
                return self._sampled(event)
            case (
                events.PaneSeen()
                | events.PaneCaptured()
                | events.PaneOutput()
                | events.PaneResized()
                | events.OutputLost()
                | events.AgentFound()
                | events.AgentEnded()
                | events.PaneClosed()
                | StatusFileRead()
                | PaneSampled()
            ) if event.pane == self.pane:
                return self._of_pane(t, event)
            case _:
                return None  # of others, of what users did, or of what follows from the rest

    def _of_pane(self, t: float, event: events.Event) -> events.Event | None:
        match event:
            case events.PaneOutput(_, data):
                return self._output(t, data)
            case events.PaneCaptured():
                self._screen = Screen.seeded(event)
                return self._capture(self._screen)
            case events.PaneSeen():
                return self._described(t, event)
            case events.AgentFound():
                short = NAME.removeprefix("oma-agent-")
                self._found = attrs.evolve(event, evidence=event.profile, name=short)
                return self._found
            case events.OutputLost():
                self._screen = None
                return attrs.evolve(event, reason="masked")
            case events.PaneResized():
                return self._resized(event)
            case StatusFileRead():
                self._status_file = self.masking.status_file(event)
                return self._status_file
            case _:
                return event  # that the agent, or its pane, is gone; or how it is looked at

    def _described(self, t: float, event: events.PaneSeen) -> events.PaneSeen:
        self._seen = self.masking.seen(event)
        if event.idle_s is not None:
            self._active_s = max(self._active_s or 0.0, round(t - event.idle_s, 6))
        return self._seen

    def _resized(self, event: events.PaneResized) -> events.PaneResized:
        self._screen = None
        if self._seen is not None:
            columns, rows = event.columns, event.rows
            self._seen = attrs.evolve(self._seen, columns=columns, rows=rows)
        return event

    def _sampled(self, event: events.ProcessesSampled) -> events.ProcessesSampled | None:
        own = tuple(self.masking.sample(s) for s in event.samples if s.pane == self.pane)
        if not own:
            return None
        self._sample = events.ProcessesSampled(own)
        return self._sample

    def _output(self, t: float, data: bytes) -> events.Event | None:
        self._active_s = t
        said = b""
        for signal in self._scanner.scan(data):
            masked = self.masking.signal(signal)
            self._signals[type(masked)] = masked
            said += signal_output(masked)
        painted = b"" if self._screen is None else self._painted(self._screen, data)
        if not said and not painted and t - self._told_s < _ALIVE_S:
            return None
        self._told_s = t
        return events.PaneOutput(self.pane, painted + said or b"\x1b[m")

    def _painted(self, screen: Screen, data: bytes) -> bytes:
        screen.feed(data)
        if self._origin_s is None:
            return b""
        lines, cursor = self.masking.redaction.lines(screen.lines()), screen.cursor
        if screen.failed is not None or (lines == self._shown and cursor == self._cursor):
            return b""
        before, self._shown, self._cursor = self._shown, lines, cursor
        return repaint(before, lines, cursor)

    def _capture(self, screen: Screen) -> events.PaneCaptured:
        lines, self._cursor = self.masking.redaction.lines(screen.lines()), screen.cursor
        self._shown, (column, row) = lines, self._cursor
        data = "".join(f"{printable(line)}\n" for line in lines).encode()
        return events.PaneCaptured(
            self.pane, screen.columns, screen.rows, column, row, alternate=False, data=data
        )
