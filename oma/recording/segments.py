"""The recordings that a history is cut into: their names, when one is full, and which are to go. Pure.

Each begins with a checkpoint, so it can be played alone.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import attrs

SUFFIX = ".jsonl.zst"
_TIME = "%Y%m%dT%H%M%SZ"

FULL_S = 3600.0
"""A recording that is as old is followed by another one."""

_SHARE = 20
"""One has at most such a part of all bytes, so that what goes is a small part of the past."""


@attrs.frozen(order=True)
class Segment:
    """One recording of a history."""

    began_s: float
    """In seconds since the epoch."""
    name: str
    size_bytes: int


def segment_name(server: str, began_s: float) -> str:
    """Return the name of a recording of a tmux server that begins then; names sort by time."""
    return f"{server}-{datetime.fromtimestamp(began_s, UTC):{_TIME}}{SUFFIX}"


def parse_segment(server: str, name: str, size_bytes: int) -> Segment | None:
    """Return what a file name tells; `None` for that of another server, or of something else."""
    if not (name.startswith(f"{server}-") and name.endswith(SUFFIX)):
        return None
    try:
        began = datetime.strptime(name[len(server) + 1 : -len(SUFFIX)], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Segment(began.timestamp(), name, size_bytes)


def is_full(size_bytes: int, age_s: float, most_bytes: int) -> bool:
    """Say whether another recording is to begin."""
    return age_s >= FULL_S or size_bytes >= most_bytes // _SHARE


def expired(
    segments: Iterable[Segment], now_s: float, keep_s: float, most_bytes: int
) -> list[Segment]:
    """Return those that are to go, the oldest first; never the newest, which is being written.

    Args:
        segments: All of them.
        now_s: In seconds since the epoch.
        keep_s: How long the past is kept.
        most_bytes: How much all of them may have.
    """
    kept = sorted(segments)
    total_bytes = sum(segment.size_bytes for segment in kept)
    gone = []
    while len(kept) > 1:
        oldest, following = kept[0], kept[1]
        if following.began_s >= now_s - keep_s and total_bytes <= most_bytes:
            break  # it ended when the one that follows began
        gone.append(kept.pop(0))
        total_bytes -= oldest.size_bytes
    return gone
