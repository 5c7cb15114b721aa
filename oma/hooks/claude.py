"""Claude Code's hooks: which events to ask for, and what each one says of the agent.

Versions seen: 2.1.197 and 2.1.329. An Esc of the person fires no hook; the screen has to tell.
"""

from collections.abc import Mapping

from oma.hooks.event_fields import mapping_field, text_field
from oma.hooks.status import Status

EVENTS = {
    "SessionStart": None,
    "UserPromptSubmit": None,
    "PreToolUse": None,
    "PostToolUse": None,
    "PostToolUseFailure": None,
    "PermissionRequest": None,
    "Notification": "permission_prompt|idle_prompt",
    "Stop": None,
    "StopFailure": None,
    "SessionEnd": None,
}
"""Event → the matcher that it is asked for with, if any."""

TIMEOUT = 5
"""In seconds, as Claude Code counts it."""

_STATES = {
    "SessionStart": "idle",
    "UserPromptSubmit": "working",
    "PreToolUse": "working",
    "PostToolUse": "working",
    "PostToolUseFailure": "working",
    "Stop": "done",
    "SessionEnd": "clear",
}
_TELLING_INPUTS = ("command", "file_path", "url", "description")
_QUESTION_TOOL = "AskUserQuestion"


def claude_status(event: Mapping[str, object]) -> Status | None:
    """Return what `event` says, or `None` where it says nothing about the agent's state. Total."""
    name = text_field(event, "hook_event_name")
    match name:
        case "SessionStart" if event.get("source") == "compact":
            return None  # in the middle of a turn
        case "PermissionRequest":
            return _asked(event)
        case "Notification":
            return _notified(event)
        case "StopFailure":
            return Status("error", message=text_field(event, "error"))
        case _:
            return Status(_STATES[name]) if name in _STATES else None


def _asked(event: Mapping[str, object]) -> Status:
    tool, given = text_field(event, "tool_name"), mapping_field(event, "tool_input")
    if tool == _QUESTION_TOOL:
        return Status("blocked", "question", _first_question(given))
    telling = next((text for key in _TELLING_INPUTS if (text := text_field(given, key))), "")
    return Status("blocked", "permission", ": ".join(filter(None, (tool, telling))))


def _first_question(given: Mapping[str, object]) -> str:
    questions = given.get("questions")
    first = questions[0] if isinstance(questions, list) and questions else None
    return text_field(first, "question") if isinstance(first, dict) else ""


def _notified(event: Mapping[str, object]) -> Status | None:
    match event.get("notification_type"):
        case "permission_prompt":
            return Status("blocked", "permission", text_field(event, "message"))
        case "idle_prompt":
            return Status("idle")
        case _:
            return None
