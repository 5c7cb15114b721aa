"""The files in which agents say themselves how they are: where each is, and what it says. All of it blocks.

What such a file holds is hostile, as all that an agent writes. One that is not there, or in another form,
says nothing.
"""

import json
from pathlib import Path

from oma.detection.conversation import is_conversation
from oma.model.printable import printable
from oma.runtime.process_tree import environment_of, started_at
from oma.runtime.small_files import read_beginning

LONGEST_DETAIL = 80

_STARTED_TOGETHER_S = 60.0
"""A file says when its process started; one that started earlier by more had the same id before."""

_CLAUDE_STATES = {"busy": "working", "idle": "idle", "shell": "idle", "waiting": "waiting"}


def find_status_file(kind: str, pid: int) -> Path | None:
    """Return where a process keeps its status file; `None` where that cannot be known.

    Args:
        kind: Of the agent: one of `oma.detection.profile.STATUS_FILES`.
        pid: Of its process, whose own environment says where its files are.
    """
    if kind != "claude":
        return None
    environment = environment_of(pid)
    folder, home = environment.get("CLAUDE_CONFIG_DIR", ""), environment.get("HOME", "")
    if not folder and not home:
        return None
    return Path(folder or f"{home}/.claude") / "sessions" / f"{pid}.json"


def read_status_file(path: Path, pid: int) -> tuple[str, str]:
    """Return state and detail, as `StatusFileRead` has them; empty where the file says nothing of `pid`."""
    try:
        told = json.loads(read_beginning(path) or "null")
    except (ValueError, RecursionError):
        return "", ""  # it is being written, or in another form
    if not isinstance(told, dict) or told.get("pid") != pid or not _is_of_today(told, pid):
        return "", ""
    status, waits_for = told.get("status"), told.get("waitingFor")
    state = _CLAUDE_STATES.get(status, "") if isinstance(status, str) else ""
    detail = waits_for if state == "waiting" and isinstance(waits_for, str) else ""
    return state, printable(detail)[:LONGEST_DETAIL]


def read_conversation(path: Path, pid: int) -> str:
    """Return the id of the conversation that the process says it holds.

    Empty where it says none, and where nothing was said in it: such a one cannot be gone on with.
    """
    try:
        told = json.loads(read_beginning(path) or "null")
    except (ValueError, RecursionError):
        return ""
    if not isinstance(told, dict) or told.get("pid") != pid or not _is_of_today(told, pid):
        return ""
    found = told.get("sessionId")
    if not isinstance(found, str) or not is_conversation(found):
        return ""
    return found if any(path.parent.parent.glob(f"projects/*/{found}.jsonl")) else ""


def _is_of_today(told: dict[str, object], pid: int) -> bool:
    """Say whether the file was begun by the process that has its id now."""
    started_ms = told.get("startedAt")
    if not isinstance(started_ms, int | float):
        return False
    began_s = started_at(pid)
    return began_s is not None and began_s <= started_ms / 1000 + _STARTED_TOGETHER_S
