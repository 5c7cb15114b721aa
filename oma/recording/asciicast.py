"""One agent of a recording as an asciicast, versions 2 and 3 of asciinema's format. Pure.

Version 2 gives each event the time since the start, version 3 the time since the event before. A
capture becomes output that clears the screen and paints it; a resize becomes an `r` event.
"""

import codecs
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

import attrs

from oma.errors import RecordingError
from oma.model import events
from oma.model.ids import PaneId, SessionId
from oma.recording.recording_format import Header

VERSIONS = (2, 3)
_RELATIVE_SINCE = 3


def asciicast(
    header: Header, records: Iterable[events.Record], agent: str, version: int
) -> list[str]:
    """Return the lines, without newlines, that play what the first pane of an agent showed.

    Args:
        header: Of the recording.
        records: Of the recording.
        agent: A name that the agent's session has in the recording.
        version: 2 or 3.

    Raises:
        RecordingError: The recording shows no screen of such an agent.
    """
    player = _Player(agent)
    lines: list[str] = []
    before_s = began_s = 0.0
    for record in records:
        for code, data in player.take(record.event):
            if not lines:
                lines.append(_header(header, player.size, version))
                before_s = began_s = record.t
            moment_s = record.t - (before_s if version >= _RELATIVE_SINCE else began_s)
            lines.append(json.dumps([round(moment_s, 6), code, data], ensure_ascii=False))
            before_s = record.t
    if not lines:
        raise RecordingError(f"the recording shows no screen of an agent {agent!r}")
    return lines


def _header(header: Header, size: tuple[int, int], version: int) -> str:
    began = int(datetime.fromisoformat(header.started_at).timestamp())
    columns, rows = size
    if version >= _RELATIVE_SINCE:
        terminal = {"cols": columns, "rows": rows}
        return json.dumps({"version": version, "term": terminal, "timestamp": began})
    return json.dumps({"version": version, "width": columns, "height": rows, "timestamp": began})


@attrs.define
class _Player:
    """Follows one agent through the events of a recording."""

    agent: str
    size: tuple[int, int] = (0, 0)
    _session: SessionId | None = None
    _pane: PaneId | None = None
    _shown: bool = False
    _decoder: codecs.IncrementalDecoder = attrs.Factory(
        lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )

    def take(self, event: events.Event) -> Iterator[tuple[str, str]]:
        """Yield the code and the data of what is to be played."""
        match event:
            case events.SessionOpened(session, name) | events.SessionRenamed(session, name):
                if name == self.agent and self._session is None:
                    self._session = session
            case events.PaneSeen(pane, session) if session == self._session and self._pane is None:
                self._pane = pane
            case events.PaneCaptured(pane) if pane == self._pane:
                self._shown = True
                self.size = (event.columns, event.rows)
                self._decoder.reset()
                yield "o", _painted(event)
            case events.PaneOutput(pane, data) if pane == self._pane and self._shown:
                yield "o", self._decoder.decode(data)
            case events.PaneResized(pane, columns, rows) if pane == self._pane and self._shown:
                yield "r", f"{columns}x{rows}"
            case _:
                pass


def _painted(event: events.PaneCaptured) -> str:
    if event.exact:
        return f"\x1bc{event.data.decode(errors='replace')}"
    lines = event.data.decode(errors="replace").removesuffix("\n").replace("\n", "\r\n")
    screen = "\x1b[?1049h" if event.alternate else "\x1b[?1049l"
    cursor = f"\x1b[{event.cursor_row + 1};{event.cursor_column + 1}H"
    return f"{screen}\x1b[0m\x1b[2J\x1b[H{lines}\x1b[0m{cursor}"
