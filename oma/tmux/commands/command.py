"""What every tmux command has: its words, and what it may do to a server.

A command is a frozen value. `render` alone turns it into an argv or a line of control mode, so there is
one place that quotes. `safety` is what keeps watching harmless: a connection that may only read refuses
to send more.

>>> from oma.model.ids import PaneId
>>> from oma.tmux.commands.panes import KillPane
>>> KillPane(PaneId("%3")).words(), KillPane(PaneId("%3")).safety
(('kill-pane', '-t', '%3'), <Safety.DESTRUCTIVE: 2>)
"""

from enum import IntEnum
from typing import ClassVar, Protocol

import attrs


class Safety(IntEnum):
    """What a command may do; a greater value may do all that a smaller one may."""

    READ_ONLY = 0  # tells something, or changes what our own control client is sent
    MUTATING = 1  # changes sessions, windows, panes, options or buffers, or types into a pane
    DESTRUCTIVE = 2  # ends a program, a session or the server


class Command(Protocol):
    """One tmux command."""

    @property
    def safety(self) -> Safety:
        """What it may do."""

    def words(self) -> tuple[str, ...]:
        """Return its name and its arguments, as tmux is to see them: not quoted.

        Raises:
            CommandError: An argument is one that tmux would take for something else.
        """


class ReadOnly:
    """Base of the commands that only tell something, or change what our own client is sent."""

    __slots__ = ()
    safety: ClassVar[Safety] = Safety.READ_ONLY


class Mutating:
    """Base of the commands that change something and end nothing."""

    __slots__ = ()
    safety: ClassVar[Safety] = Safety.MUTATING


class Destructive:
    """Base of the commands that end a program, a session or the server."""

    __slots__ = ()
    safety: ClassVar[Safety] = Safety.DESTRUCTIVE


@attrs.frozen
class CommandList:
    """Commands that tmux runs one after the other, up to the first that fails."""

    commands: tuple[Command, ...]

    @property
    def safety(self) -> Safety:
        """What the most dangerous of them may do."""
        return max((command.safety for command in self.commands), default=Safety.READ_ONLY)


AnyCommand = Command | CommandList


def in_order(*commands: Command) -> CommandList:
    """Return the commands as one list."""
    return CommandList(commands)
