"""Claude Code's hooks: which events to ask for, and what each one says of the agent.

Versions seen: 2.1.197 and 2.1.329. Nothing fires when the user presses Esc, nor when they allow
what a `PermissionRequest` asked for (the next event comes when the tool has ended): the screen has to
tell.
"""

from collections.abc import Mapping

from oma.hooks.event_fields import first_text, mapping_field, text_field
from oma.hooks.status import Status

EVENTS = (
    *("SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "PostToolUseFailure"),
    *("PermissionRequest", "Stop", "StopFailure", "SessionEnd"),
)
"""Not `Notification`: six seconds after a question it calls it a permission, and a minute after a
failure it calls the agent idle (2.1.329)."""

_TIMEOUT_S = 5

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
_QUESTION_TOOLS = frozenset({"AskUserQuestion", "ask_user_question"})


def claude_hook(command: str) -> dict[str, object]:
    """Return the entry of the settings that runs `command`."""
    return {"type": "command", "command": command, "timeout": _TIMEOUT_S}


def claude_status(event: Mapping[str, object]) -> Status | None:
    """Return what `event` says, or `None` where it says nothing about the agent's state. Total."""
    name = text_field(event, "hook_event_name")
    match name:
        case "SessionStart" if event.get("source") == "compact":
            return None  # in the middle of a turn
        case "PermissionRequest":
            return _asked(event)
        case "StopFailure":
            return Status("error", message=first_text(event, ("last_assistant_message", "error")))
        case _:
            return Status(_STATES[name]) if name in _STATES else None


def _asked(event: Mapping[str, object]) -> Status:
    tool, given = text_field(event, "tool_name"), mapping_field(event, "tool_input")
    if tool in _QUESTION_TOOLS:
        return Status("blocked", "question", _first_question(given))
    telling = first_text(given, _TELLING_INPUTS)
    return Status("blocked", "permission", ": ".join(filter(None, (tool, telling))))


def _first_question(given: Mapping[str, object]) -> str:
    questions = given.get("questions")
    first = questions[0] if isinstance(questions, list) and questions else None
    return text_field(first, "question") if isinstance(first, dict) else ""
