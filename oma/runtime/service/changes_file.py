"""The file beside a recording of a history that holds what changed in it. Blocks."""

from datetime import UTC, datetime
from pathlib import Path

from oma.errors import RecordingError
from oma.recording.recording_format import parse_json
from oma.runtime.service.history_directory import changes_path
from oma.summary.change_lines import decode_log
from oma.summary.health_changes import ChangeLog


def read_noted(recording: Path) -> ChangeLog | None:
    """Return what was noted beside a recording; `None` for nothing that this version reads."""
    try:
        lines = changes_path(recording).read_bytes().splitlines(keepends=True)
        written = datetime.fromtimestamp(recording.stat().st_mtime, UTC)
        return decode_log(lines, written, parse_json)
    except (OSError, RecordingError):
        return None
