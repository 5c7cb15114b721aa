"""Raw transcripts of control mode become records: what one client read of one session, and when.

The bytes go through the parser and the joiner of a live client, cut as the client had read them. A
transcript knows less than a live run: no process, no size but the one it was told, and of the
command in the foreground what tmux's `automatic-rename` makes the name of the window (3.3a: within
half a second of a change).
"""

import json
import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NoReturn

import attrs

from oma.errors import ProtocolError, RecordingError
from oma.model.events import (
    Event,
    MonitorStopped,
    OutputLost,
    PaneCaptured,
    PaneOutput,
    PaneSeen,
    Record,
    ServerConnected,
    SessionClosed,
    SessionOpened,
    SessionRenamed,
)
from oma.model.ids import PaneId, SessionId, WindowId, parse_pane_id
from oma.tmux import notifications as wire
from oma.tmux.joiner import OutputJoiner
from oma.tmux.parser import ControlParser

_UNKNOWN_WINDOW = WindowId("@0")
_MOST_CELLS = 65535
"""tmux counts cells in 16 bits."""


@attrs.frozen
class Description:
    """What a transcript does not say of itself."""

    pane: PaneId
    """The agent's; the output of others is left out."""
    columns: int
    rows: int
    started_at: str
    """ISO 8601 with its offset: the moment of time 0."""


@attrs.frozen
class Chunk:
    """What one read brought."""

    t: float
    """Seconds since the start, in whole microseconds."""
    data: bytes


def parse_description(data: bytes, source: str) -> Description:
    """Return what the JSON object in `data` says: `pane`, `size` as `[columns, rows]`, and `t0`.

    `t0` is the Unix time of the start. Other keys are ignored.

    Raises:
        RecordingError: a key is missing or not of its type; the text names `source`.
    """
    try:
        fields = json.loads(data)
    except ValueError as error:
        _refuse(source, f"not JSON: {error}")
    match fields:
        case {
            "pane": str(pane),
            "size": [int(columns), int(rows)],
            "t0": int() | float() as t0,
        } if 1 <= columns <= _MOST_CELLS and 1 <= rows <= _MOST_CELLS and 0 <= t0 < 1e11:
            pass
        case _:
            _refuse(source, "expected an object with 'pane', 'size': [columns, rows], and 't0'")
    try:
        pane_id = parse_pane_id(pane)
    except ProtocolError as error:
        _refuse(source, f"'pane': {error}")
    began = datetime.fromtimestamp(t0, UTC).isoformat(timespec="microseconds")
    return Description(pane_id, columns, rows, began)


def cut(data: bytes, index: bytes, source: str) -> tuple[Chunk, ...]:
    """Cut a transcript as it was read.

    Args:
        data: The transcript.
        index: One line `t offset` for each read: the bytes from `offset` on came at `t` seconds.
        source: Name of the index, for messages.

    Raises:
        RecordingError: a line is none, time or offset go back, or bytes belong to no read.
    """
    marks: list[tuple[float, int]] = []
    for number, line in enumerate(index.decode(errors="replace").splitlines(), start=1):
        mark = _mark(line)
        before = marks[-1] if marks else (0.0, 0)
        if mark is None:
            _refuse(source, f"line {number}: expected seconds and an offset, got {line!r}")
        if mark[0] < before[0] or not before[1] <= mark[1] <= len(data):
            _refuse(source, f"line {number}: time or offset goes back, or beyond the end")
        marks.append(mark)
    if data and (not marks or marks[0][1] > 0):
        _refuse(source, "the first line must be about offset 0")
    ends = [offset for _, offset in marks[1:]] + [len(data)]
    return tuple(
        Chunk(t, data[start:end]) for (t, start), end in zip(marks, ends, strict=bool(marks))
    )


def _mark(line: str) -> tuple[float, int] | None:
    try:
        t, offset = line.split()
        mark = round(float(t), 6), int(offset)
    except ValueError:
        return None
    return mark if math.isfinite(mark[0]) else None


def records(chunks: Iterable[Chunk], about: Description, source: str) -> Iterator[Record]:
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
            events = conversion.take(chunk.data)
        except ProtocolError as error:
            _refuse(source, f"not a transcript of control mode: {error}")
        for event in events:
            seq += 1
            # What was there before the first byte is true from the start.
            yield Record(seq, 0.0 if seq <= conversion.opening else t, event)
    if conversion.session is None:
        _refuse(source, "the transcript shows no session: '%session-changed' is missing")
    for seq, event in enumerate(conversion.finish(), start=seq + 1):
        yield Record(seq, t, event)


@attrs.define
class _Conversion:
    about: Description
    session: SessionId | None = None
    opening: int = 0
    """How many of the first events tell what there is at the start."""
    _seen: PaneSeen | None = None
    _closed: bool = False
    _parser: ControlParser = attrs.Factory(ControlParser)
    _joiner: OutputJoiner = attrs.Factory(OutputJoiner)

    def take(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for event in self._joiner.join(self._parser.feed(data)):
            self._translate(event, events)
        return events

    def finish(self) -> list[Event]:
        events: list[Event] = []
        rest = self._joiner.take_carry(self.about.pane)
        if rest and not self._closed:
            events.append(PaneOutput(self.about.pane, rest))
        try:
            self._parser.close()
        except ProtocolError as error:
            return [*events, MonitorStopped(f"the transcript is cut: {error}")]
        return [*events, MonitorStopped("the transcript ends")]

    def _translate(self, event: wire.WireEvent, events: list[Event]) -> None:
        if self._closed:
            return
        if self.session is None or self._seen is None:
            if isinstance(event, wire.SessionChanged):
                events += self._open(event)
            return
        match event:
            case wire.Output(pane=self.about.pane):
                events.append(PaneOutput(event.pane, event.data))
            case wire.PanePaused(pane=self.about.pane):
                events.append(OutputLost(event.pane, "tmux paused it"))
            case wire.WindowRenamed(linked=True):
                self._seen = attrs.evolve(self._seen, window=event.window, command=event.name)
                events.append(self._seen)
            case wire.SessionRenamed(session=self.session):
                events.append(SessionRenamed(event.session, event.name))
            case wire.Exit():
                events.append(self._close(self.session))
            case wire.SessionChanged() if event.session != self.session:
                events.append(self._close(self.session))
            case _:
                pass  # other panes, other sessions, and what says nothing of an agent

    def _open(self, event: wire.SessionChanged) -> list[Event]:
        about = self.about
        self.session = event.session
        self._seen = PaneSeen(
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
        blank = PaneCaptured(
            pane=about.pane,
            columns=about.columns,
            rows=about.rows,
            cursor_column=0,
            cursor_row=0,
            alternate=False,
            data=b"\n" * about.rows,
        )
        opening = [
            ServerConnected("unknown"),
            SessionOpened(event.session, event.name),
            self._seen,
            blank,
        ]
        self.opening = len(opening)
        return opening

    def _close(self, session: SessionId) -> SessionClosed:
        self._closed = True
        return SessionClosed(session)


def _refuse(source: str, complaint: str) -> NoReturn:
    message = f"{source}: {complaint}"
    raise RecordingError(message) from None
