"""Gemini CLI's hooks: which events to ask for, and what each one says of the agent.

From its reference of hooks. Standard output of a hook has to be JSON and nothing else.
"""

from collections.abc import Mapping

from oma.hooks.event_fields import text_field
from oma.hooks.status import Status

EVENTS = (
    "SessionStart",
    "BeforeAgent",
    "BeforeTool",
    "AfterTool",
    "Notification",
    "AfterAgent",
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
        if event.get("notification_type") != "ToolPermission":
            return None
        return Status("blocked", "permission", text_field(event, "message"))
    return Status(_STATES[name]) if name in _STATES else None
