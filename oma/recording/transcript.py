"""Raw transcripts of control mode become records: what one client read of one session, and when.

The bytes go through the parser and the coalescer of a live client, cut as the client had read them. A
transcript knows less than a live run: no process, no size but the one it was told, and of the
command in the foreground what tmux's `automatic-rename` makes the name of the window (3.3a: within
half a second of a change).
"""

from collections.abc import Iterable, Iterator

import attrs

from oma.errors import ProtocolError, RecordingError
from oma.model import events
from oma.model.ids import WindowId
from oma.recording.transcript_index import Chunk, Description
from oma.tmux import notifications as wire
from oma.tmux.output_coalescer import OutputCoalescer
from oma.tmux.parser import ControlParser

_UNKNOWN_WINDOW = WindowId("@0")


def records(chunks: Iterable[Chunk], about: Description, source: str) -> Iterator[events.Record]:
    """Yield the records of the one agent that a transcript is about.

    The session that the client was attached to is the agent, whatever its name. A transcript that
    ends inside a line is taken as far as it goes, and the last record says so.

    Raises:
        RecordingError: it is no control mode, or shows no session; the text names `source`.
    """
    conversion = _Conversion(about)
    seq, t = 0, 0.0
    for chunk in chunks:
        t = chunk.t
        try:
            facts = conversion.take(chunk.data)
        except ProtocolError as error:
            raise RecordingError(f"{source}: not a transcript of control mode: {error}") from None
        for event in facts:
            seq += 1
            # What was there before the first byte is true from the start.
            yield events.Record(seq, 0.0 if seq <= conversion.opening else t, event)
    if not conversion.opening:
        message = f"{source}: the transcript shows no session: '%session-changed' is missing"
        raise RecordingError(message)
    for event in conversion.finish():
        seq += 1
        yield events.Record(seq, t, event)


@attrs.define
class _Conversion:
    about: Description
    opening: int = 0
    """How many of the first events tell what there is at the start."""
    _seen: events.PaneSeen | None = None
    _closed: bool = False
    _parser: ControlParser = attrs.Factory(ControlParser)
    _joiner: OutputCoalescer = attrs.Factory(OutputCoalescer)

    def take(self, data: bytes) -> list[events.Event]:
        facts: list[events.Event] = []
        for event in self._joiner.join(self._parser.feed(data)):
            if self._seen is not None:
                facts += self._follow(event, self._seen)
            elif isinstance(event, wire.SessionChanged):
                facts += self._open(event)
        return facts

    def finish(self) -> list[events.Event]:
        facts: list[events.Event] = []
        rest = self._joiner.take_carry(self.about.pane)
        if rest and not self._closed:
            facts.append(events.PaneOutput(self.about.pane, rest))
        try:
            self._parser.close()
        except ProtocolError as error:
            return [*facts, events.MonitorStopped(f"the transcript is cut: {error}")]
        return [*facts, events.MonitorStopped("the transcript ends")]

    def _follow(self, event: wire.WireEvent, seen: events.PaneSeen) -> list[events.Event]:
        if self._closed:
            return []
        match event:
            case wire.Output(pane=seen.pane):
                return [events.PaneOutput(event.pane, event.data)]
            case wire.PanePaused(pane=seen.pane):
                return [events.OutputLost(event.pane, "tmux paused it")]
            case wire.WindowRenamed(linked=True):
                self._seen = attrs.evolve(seen, window=event.window, command=event.name)
                return [self._seen]
            case wire.SessionRenamed(session=seen.session):
                return [events.SessionRenamed(event.session, event.name)]
            case wire.SessionChanged() | wire.Exit() if self._is_over(event, seen):
                self._closed = True
                return [events.SessionClosed(seen.session)]
            case _:
                return []  # other panes, other sessions, and what says nothing of an agent

    def _is_over(self, event: wire.SessionChanged | wire.Exit, seen: events.PaneSeen) -> bool:
        return isinstance(event, wire.Exit) or event.session != seen.session

    def _open(self, event: wire.SessionChanged) -> list[events.Event]:
        about = self.about
        self._seen = events.PaneSeen(
            pane=about.pane,
            session=event.session,
            window=_UNKNOWN_WINDOW,
            pid=0,
            command="",
            title="",
            cwd="",
            columns=about.columns,
            rows=about.rows,
        )
        blank = events.PaneCaptured(
            pane=about.pane,
            columns=about.columns,
            rows=about.rows,
            cursor_column=0,
            cursor_row=0,
            alternate=False,
            data=b"\n" * about.rows,
        )
        opening: list[events.Event] = [
            events.ServerConnected("unknown"),
            events.SessionOpened(event.session, event.name),
            self._seen,
            blank,
        ]
        self.opening = len(opening)
        return opening
