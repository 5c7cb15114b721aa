"""Shells: the commands that mean that no agent is in the foreground, and the moment of their return."""

import attrs

from oma.detection.claims import PRIORITY_PROCESS, Claim, moment
from oma.model.health import Health

_SHELLS = frozenset(
    {"ash", "bash", "csh", "dash", "elvish", "fish", "ksh", "mksh", "nu", "oksh", "pwsh"}
    | {"rbash", "sh", "tcsh", "xonsh", "yash", "zsh"}
)

# A launcher script may show for a moment before the agent itself is in the foreground again.
_HOLD_S = 0.3


def is_shell(command: str) -> bool:
    """Say whether `command`, as tmux names a foreground command, is a shell; login shells too."""
    return command.removeprefix("-") in _SHELLS


@attrs.define
class ShellReturn:
    """Owner of the fact that the shell is back after the agent was there.

    A shell that was there before any agent means nothing: the agent starts in a moment, or runs
    inside of a script.
    """

    _profile: str
    _seen_agent: bool = False
    _command: str = ""
    _since_s: float | None = None

    def look(self, t: float, command: str) -> None:
        """Take the foreground command at `t`; an empty one is not known and changes nothing."""
        if not command:
            return
        self._command = command
        if not is_shell(command):
            self._seen_agent = True
            self._since_s = None
        elif self._seen_agent and self._since_s is None:
            self._since_s = t

    def claims(self, last_words: str | None) -> tuple[Claim, ...]:
        """Return the claim that the agent exited; `last_words` is what it left on the screen."""
        if self._since_s is None:
            return ()
        return (
            Claim(
                Health.EXITED,
                "shell-back",
                f"{self._profile}/shell_back",
                last_words or f"{self._command} is in the foreground",
                self._since_s,
                moment(self._since_s, _HOLD_S),
                PRIORITY_PROCESS,
            ),
        )
