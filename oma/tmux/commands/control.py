"""Commands that steer other commands, set options, and make tmux say something."""

import attrs

from oma.model.ids import PaneId, WindowId
from oma.tmux.commands.command import AnyCommand, Mutating, ReadOnly, Safety
from oma.tmux.commands.render import to_line


@attrs.frozen
class Print(ReadOnly):
    """Make tmux print a format; it has run every command before this one."""

    format: str
    pane: PaneId | None = None
    """Whose values the format shows. When it is gone tmux takes another pane."""

    def words(self) -> tuple[str, ...]:
        target = () if self.pane is None else ("-t", self.pane)
        return ("display-message", "-p", *target, self.format)


@attrs.frozen
class SetOption(Mutating):
    """Set an option of a pane, a window or a session, or take it away."""

    target: PaneId | WindowId | str
    """An id, or `=NAME:` for a session that was just made and its window: tmux knows by the name of
    an option of its own which of the two is meant."""
    name: str
    value: str | None
    """`None` takes it away, so that the inherited value is in force."""

    def words(self) -> tuple[str, ...]:
        scope = {"%": ("-p",), "@": ("-w",)}.get(self.target[:1], ())
        unset = ("-u",) if self.value is None else ()
        value = () if self.value is None else (self.value,)
        return ("set-option", *scope, *unset, "-t", self.target, self.name, *value)


@attrs.frozen
class SetEnvironment(Mutating):
    """Give a variable to the programs that are started in a session from now on."""

    session: str
    """As `SetOption` names it."""
    name: str
    value: str

    def words(self) -> tuple[str, ...]:
        return ("set-environment", "-t", self.session, self.name, self.value)


@attrs.frozen
class IfShell:
    """Run one of two commands, by whether a format is true."""

    condition: str
    """A format; true when it expands to something other than nothing or `0`."""
    then: AnyCommand
    otherwise: AnyCommand | None = None
    target: PaneId | WindowId | None = None
    """Whose values the condition shows."""

    @property
    def safety(self) -> Safety:
        """What the more dangerous of the two may do."""
        otherwise = Safety.READ_ONLY if self.otherwise is None else self.otherwise.safety
        return max(self.then.safety, otherwise)

    def words(self) -> tuple[str, ...]:
        target = () if self.target is None else ("-t", self.target)
        otherwise = () if self.otherwise is None else (to_line(self.otherwise),)
        return ("if-shell", "-F", *target, self.condition, to_line(self.then), *otherwise)
