"""Gemini CLI's hooks: which events to ask for, and what each one says of the agent.

Version seen: 0.61.0. `BeforeTool` comes before the question whether the tool may run, and nothing
comes when the user allows it. Standard output of a hook has to be JSON and nothing else.
"""

from collections.abc import Mapping

from oma.hooks.event_fields import first_text, mapping_field, text_field
from oma.hooks.status import Status

EVENTS = (
    *("SessionStart", "BeforeAgent", "BeforeTool", "AfterTool", "Notification", "AfterAgent"),
    "SessionEnd",
)

_TIMEOUT_MS = 5000

ANSWER = "{}"
"""What a hook that wants nothing has to print."""

_STATES = {
    "SessionStart": "idle",
    "BeforeAgent": "working",
    "BeforeTool": "working",
    "AfterTool": "working",
    "AfterAgent": "done",
    "SessionEnd": "clear",
}


def gemini_hook(command: str) -> dict[str, object]:
    """Return the entry of the settings that runs `command`."""
    return {"name": "oma", "type": "command", "command": command, "timeout": _TIMEOUT_MS}


def gemini_status(event: Mapping[str, object]) -> Status | None:
    """Return what `event` says, or `None` where it says nothing about the agent's state. Total."""
    name = text_field(event, "hook_event_name")
    if name == "Notification":
        return _asked(event) if event.get("notification_type") == "ToolPermission" else None
    return Status(_STATES[name]) if name in _STATES else None


def _asked(event: Mapping[str, object]) -> Status:
    details = mapping_field(event, "details")
    if details.get("type") == "ask_user":
        return Status("blocked", "question", text_field(event, "message"))
    telling = first_text(details, ("command", "fileName"))
    said = text_field(details, "title") or text_field(event, "message")
    return Status("blocked", "permission", ": ".join(filter(None, (said, telling))))
