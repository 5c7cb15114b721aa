"""The file beside a recording of a history in which its changes are summed up: for readers of days. Blocks.

It can be thrown away: who needs it makes it again of the changes, and where it does not fit them it is none.
"""

import os
from contextlib import suppress
from pathlib import Path

from oma.errors import RecordingError
from oma.recording.recording_format import parse_json
from oma.runtime.service.changes_file import read_noted
from oma.runtime.service.history_directory import changes_path, summary_path
from oma.summary.log_summary import LogSummary, summarise
from oma.summary.summary_lines import decode_summary, encode_summary


def read_summary(recording: Path) -> LogSummary | None:
    """Return the summary beside a recording; `None` where there is none that fits it."""
    try:
        return decode_summary(summary_path(recording).read_bytes(), _stamp(recording), parse_json)
    except (OSError, RecordingError):
        return None


def keep_summary(recording: Path) -> LogSummary | None:
    """Sum up what changed in a recording that is complete, and keep that beside it; it is made anew if need be.

    Returns:
        The summary; `None` where nothing was noted, or the times of it are not in order.
    """
    try:
        stamp = _stamp(recording)  # before it is read: who writes there meanwhile makes it unfit
    except OSError:
        return None
    log = read_noted(recording)
    summary = None if log is None else summarise(log)
    if summary is not None:
        with suppress(OSError):  # the next reader makes it again
            _put(summary_path(recording), encode_summary(summary, stamp))
            if not recording.exists():  # it was removed meanwhile
                summary_path(recording).unlink()
    return summary


def _stamp(recording: Path) -> tuple[int, int, int]:
    """Return what is another one when the changes are; a log that was cut ends when its recording was written."""
    changes = changes_path(recording).stat()
    return changes.st_size, changes.st_mtime_ns, recording.stat().st_mtime_ns


def _put(path: Path, data: bytes) -> None:
    """Replace a file; a reader sees the old content or the new one."""
    made = path.with_name(f".{path.name}.{os.getpid()}")
    made.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(made, flags, 0o600), "wb") as file:
            file.write(data)
        made.replace(path)
    except OSError:
        made.unlink(missing_ok=True)
        raise
