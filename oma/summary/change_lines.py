r"""Changes as lines of JSON, so that hours are told of without folding them anew.

>>> began = datetime.fromisoformat("2026-11-20T09:00:00+00:00")
>>> decode_log([encode_began(began), encode_ended(began)], began) == ChangeLog(began, began, ())
True
"""

import json
from collections.abc import Iterable
from datetime import datetime

import attrs

from oma.errors import RecordingError
from oma.model.health import Health
from oma.summary.changes import Change, ChangeLog

FORMAT = "oma-changes"
VERSION = 1


def encode_began(began: datetime) -> bytes:
    """Return the first line of a log."""
    return _line({"format": FORMAT, "version": VERSION, "began": began.isoformat()})


def encode_change(change: Change) -> bytes:
    """Return the line of a change."""
    return _line(attrs.asdict(change) | {"at": change.at.isoformat()})


def encode_ended(ended: datetime) -> bytes:
    """Return the last line; a log that was cut has none."""
    return _line({"ended": ended.isoformat()})


def decode_log(lines: Iterable[bytes], at_least: datetime) -> ChangeLog:
    """Return the log that these lines hold.

    Args:
        lines: Of one log; a last one that was cut is left out.
        at_least: When it ended, where no line says so.

    Raises:
        RecordingError: The lines hold something else.
    """
    first, *further = [line for line in lines if line.endswith(b"\n")] or [b""]
    try:
        head = json.loads(first)
        _check(head)
        began, ended = datetime.fromisoformat(head["began"]), at_least
        changes: list[Change] = []
        for line in further:
            told = json.loads(line)
            if "ended" in told:
                ended = datetime.fromisoformat(told["ended"])
            else:
                changes.append(_change(told))
    except (ValueError, TypeError, KeyError):
        raise RecordingError("no changes that this version of oma reads") from None
    return ChangeLog(began, max(ended, began), tuple(changes))


def _check(head: dict[str, object]) -> None:
    if (head["format"], head["version"]) != (FORMAT, VERSION):
        raise ValueError


def _change(told: dict[str, str]) -> Change:
    return Change(
        at=datetime.fromisoformat(told["at"]),
        id=told["id"],
        agent=told["agent"],
        kind=told["kind"],
        project=told["project"],
        health=Health(told["health"]),
        reason=told["reason"],
        about=told["about"],
    )


def _line(told: dict[str, object]) -> bytes:
    return json.dumps(told).encode("ascii") + b"\n"
