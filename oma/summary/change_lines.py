r"""Changes as lines of JSON, so that hours are told of without folding them anew.

>>> began = datetime.fromisoformat("2026-11-20T09:00:00+00:00")
>>> decode_log([encode_began(began), encode_ended(began)], began) == ChangeLog(began, began, ())
True
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import cast

import attrs

from oma.errors import RecordingError
from oma.model.health import Health
from oma.summary.health_changes import Change, ChangeLog

FORMAT = "oma-changes"
VERSION = 1

_HEALTHS = {health.value: health for health in Health}


def encode_began(began: datetime) -> bytes:
    """Return the first line of a log."""
    return _line({"format": FORMAT, "version": VERSION, "began": began.isoformat()})


def encode_change(change: Change) -> bytes:
    """Return the line of a change."""
    return _line(attrs.asdict(change) | {"at": change.at.isoformat()})


def encode_ended(ended: datetime) -> bytes:
    """Return the last line; a log that was cut has none."""
    return _line({"ended": ended.isoformat()})


def decode_log(
    lines: Iterable[bytes], at_least: datetime, parse: Callable[[bytes], object] = json.loads
) -> ChangeLog:
    """Return the log that these lines hold.

    Args:
        lines: Of one log; a last one that was cut is left out.
        at_least: When it ended, where no line says so.
        parse: Of JSON.

    Raises:
        RecordingError: The lines hold something else.
    """
    whole = [line for line in lines if line.endswith(b"\n")]
    try:
        # All at once, for a day has a quarter of a million.
        head, *told = cast("list[dict[str, str]]", parse(b"[%b]" % b",".join(whole))) or [{}]
        _check(head)
        began, ended = datetime.fromisoformat(head["began"]), at_least
        if told and "ended" in told[-1]:
            ended = datetime.fromisoformat(told.pop()["ended"])
        changes = tuple(map(_change, told))
    except (ValueError, TypeError, KeyError):
        raise RecordingError("no changes that this version of oma reads") from None
    return ChangeLog(began, max(ended, began), changes)


def _check(head: Mapping[str, object]) -> None:
    if (head["format"], head["version"]) != (FORMAT, VERSION):
        raise ValueError


def _change(told: dict[str, str]) -> Change:
    return Change(
        datetime.fromisoformat(told["at"]),
        told["id"],
        told["agent"],
        told["kind"],
        told["project"],
        _HEALTHS[told["health"]],
        told["reason"],
        told["about"],
    )


def _line(told: dict[str, object]) -> bytes:
    return json.dumps(told).encode("ascii") + b"\n"
