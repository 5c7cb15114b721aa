"""Kimi Code's hooks: claude's events under claude's names, tables of its `config.toml`.

Seen with 2.1.0. It has an event for "the user has answered"
(`PermissionResult`), and one for the user's Esc.
"""

from collections.abc import Mapping

from oma.hooks.claude import claude_status
from oma.hooks.event_fields import text_field
from oma.hooks.status import Status

EVENTS = (
    *("SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "PostToolUseFailure"),
    *("PermissionRequest", "PermissionResult", "Stop", "StopFailure", "Interrupt", "SessionEnd"),
)
"""One that a version does not know keeps its whole configuration from being read: none is here for later."""

TIMEOUT_S = 5

_STATES = {"PermissionResult": "working", "Interrupt": "idle"}


def kimi_status(event: Mapping[str, object]) -> Status | None:
    """Return what `event` says, or `None` where it says nothing about the agent's state. Total."""
    name = text_field(event, "hook_event_name")
    if name in _STATES:
        return Status(_STATES[name])
    if name == "StopFailure":
        return Status("error", message=text_field(event, "error_message"))
    return claude_status(event)
