"""GitHub Copilot CLI's hooks: a file of ours in its directory of hooks, which it reads beside others.

Seen with 1.0.102. Under names as claude's it gives its events claude's fields, with their name.
`PermissionRequest` is left out: it comes before the rules are asked, also for what they allow. So is
`SessionStart`: it comes with the first prompt, when the agent is at work.
"""

from collections.abc import Mapping

from oma.hooks.claude import claude_status
from oma.hooks.event_fields import mapping_field, text_field
from oma.hooks.status import Status

EVENTS = (
    *("UserPromptSubmit", "PreToolUse", "PostToolUse", "PostToolUseFailure"),
    *("notification", "Stop", "ErrorOccurred", "SessionEnd"),
)

_TIMEOUT_S = 5

_ASKS = {"permission_prompt": "permission", "elicitation_dialog": "question"}


def copilot_hook(command: str) -> dict[str, object]:
    """Return the entry that runs `command`."""
    return {"type": "command", "bash": command, "timeoutSec": _TIMEOUT_S}


def copilot_status(event: Mapping[str, object]) -> Status | None:
    """Return what `event` says, or `None` where it says nothing about the agent's state. Total."""
    asks = _ASKS.get(text_field(event, "notification_type"))
    if asks is not None:
        return Status("blocked", asks, text_field(event, "message"))
    if text_field(event, "hook_event_name") == "ErrorOccurred":
        if event.get("recoverable") is not False:
            return None  # it goes on by itself
        return Status("error", message=text_field(mapping_field(event, "error"), "message"))
    return claude_status(event)
