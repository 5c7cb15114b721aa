"""The command that agents run at their hooks: one line of shell, the same for every event."""

import shlex
from collections.abc import Sequence

_FORGIVING = " || true"
"""Whatever happens to `oma`, gone from the disk or failing, the agent goes on."""


def hook_command(oma: Sequence[str], agent: str) -> str:
    """Return the command line that runs `oma`, given as an absolute path and its arguments."""
    return f"{shlex.join(oma)}{_tail(agent)}"


def is_hook_command(command: str, agent: str) -> bool:
    """Say whether `hook_command` made `command`, for this agent and wherever `oma` was then."""
    return command.endswith(_tail(agent))


def _tail(agent: str) -> str:
    return f" report --from-hook {agent}{_FORGIVING}"
