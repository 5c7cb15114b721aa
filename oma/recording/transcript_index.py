"""What stands beside a raw transcript: the times of its reads, and what it does not say of itself."""

import json
import math
from datetime import UTC, datetime
from typing import NoReturn

import attrs

from oma.errors import ProtocolError, RecordingError
from oma.model.ids import PaneId, parse_pane_id

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
    if not marks:
        return ()
    ends = [offset for _, offset in marks[1:]] + [len(data)]
    return tuple(Chunk(t, data[start:end]) for (t, start), end in zip(marks, ends, strict=True))


def _mark(line: str) -> tuple[float, int] | None:
    try:
        t, offset = line.split()
        mark = round(float(t), 6), int(offset)
    except ValueError:
        return None
    return mark if math.isfinite(mark[0]) else None


def _refuse(source: str, complaint: str) -> NoReturn:
    raise RecordingError(f"{source}: {complaint}") from None
