"""Qwen Code's hooks: claude's events under claude's names, in its own settings.

Version seen: 0.24.4. Nothing fires when the user presses Esc, nor when they allow what was asked for.
"""

_TIMEOUT_MS = 5000
"""Milliseconds to every version: newer ones count in seconds, and take from 1000 on for these."""


def qwen_hook(command: str) -> dict[str, object]:
    """Return the entry of the settings that runs `command`."""
    return {"type": "command", "command": command, "name": "oma", "timeout": _TIMEOUT_MS}
