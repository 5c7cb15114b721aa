"""Shells: the commands that mean that no agent is in the foreground, and the moment of their return."""

import attrs

from oma.detection.claims import PRIORITY_PROCESS, Claim, moment
from oma.detection.evidence import Evidence
from oma.model.health import Health

_SHELLS = frozenset(
    {"ash", "bash", "csh", "dash", "elvish", "fish", "ksh", "mksh", "nu", "oksh", "pwsh"}
    | {"rbash", "sh", "tcsh", "xonsh", "yash", "zsh"}
)

PASSING_S = 5.0
"""A program that was in the foreground for less is one that a user ran in between, and no agent."""

# Time enough for a profile of the shell to start the agent by itself.
_ALONE_S = 3.0

# A launcher script may show for a moment before the agent itself is in the foreground again.
_HOLD_S = 0.3


def is_shell(command: str) -> bool:
    """Say whether `command`, as tmux names a foreground command, is a shell; login shells too."""
    return command.removeprefix("-") in _SHELLS


def is_interactive(argv: tuple[str, ...]) -> bool:
    """Say whether this starts a shell that reads what the user types, and runs no script."""
    if not argv or not is_shell(argv[0].rpartition("/")[2]):
        return False
    return all(word.startswith("-") and "c" not in word.lstrip("-")[:1] for word in argv[1:])


@attrs.define
class ShellReturn:
    """Owner of the fact that the shell is back after the agent was there.

    A shell that was there before any agent means nothing: the agent starts in a moment, or runs
    inside of a script. Below the messages of an agent it means that somebody restored them as text.

    Args:
        profile: Name that opens the names of the rules.
        least_s: How long a program has to be in the foreground to be the agent.
    """

    _profile: str
    _least_s: float = 0.0
    _other_s: float | None = attrs.field(default=None, init=False)
    """Since when something else than a shell is in the foreground."""
    _seen_agent: bool = attrs.field(default=False, init=False)
    _command: str = attrs.field(default="", init=False)
    _since_s: float | None = attrs.field(default=None, init=False)
    _alone_s: float | None = attrs.field(default=None, init=False)
    """Since when a shell that runs nothing stands below what an agent left."""

    def look(self, t: float, evidence: Evidence, *, has_remains: bool) -> None:
        """Take what is known at `t`; an empty command is not known and changes nothing."""
        command = evidence.command
        if not command:
            return
        self._command = command
        if not is_shell(command):
            self._other_s = t if self._other_s is None else self._other_s
            self._since_s = self._alone_s = None
            return
        if self._other_s is not None:
            self._seen_agent |= t >= moment(self._other_s, self._least_s)
            self._other_s = None
        if self._seen_agent:
            self._since_s = t if self._since_s is None else self._since_s
        elif not (has_remains and not evidence.children and is_interactive(evidence.argv)):
            self._alone_s = None
        elif self._alone_s is None:
            self._alone_s = t

    @property
    def is_back(self) -> bool:
        """Whether it claims anything."""
        return self._since_s is not None or self._alone_s is not None

    def claims(self, last_words: str | None) -> tuple[Claim, ...]:
        """Return the claim that the agent exited; `last_words` is what it left on the screen."""
        if self._since_s is not None:
            said = last_words or f"{self._command} is in the foreground"
            return (self._exited("shell-back", "shell_back", said, self._since_s, _HOLD_S),)
        if self._alone_s is not None:
            said = "an agent's messages above the prompt of a shell that runs nothing"
            return (self._exited("restored", "shell_alone", said, self._alone_s, _ALONE_S),)
        return ()

    def _exited(self, reason: str, rule: str, said: str, since_s: float, hold_s: float) -> Claim:
        return Claim(
            Health.EXITED,
            reason,
            f"{self._profile}/{rule}",
            said,
            since_s,
            moment(since_s, hold_s),
            PRIORITY_PROCESS,
        )
