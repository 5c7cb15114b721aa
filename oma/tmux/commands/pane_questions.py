"""Commands that ask about panes. Targets are ids.

>>> CapturePane(PaneId("%1")).words()
('capture-pane', '-p', '-t', '%1')
"""

import attrs

from oma.model.ids import PaneId, SessionId
from oma.tmux.commands.command import ReadOnly


@attrs.frozen
class ListPanes(ReadOnly):
    """Ask for panes: of the whole server, of a session, or of the window of a pane; a line each.

    `display-message` is not used for one pane: it answers for another one when that is gone.
    """

    format: str
    target: SessionId | PaneId | None = None
    filter: str | None = None
    """A format that is true for the panes that are wanted."""

    def words(self) -> tuple[str, ...]:
        if self.target is None:
            where: tuple[str, ...] = ("-a",)
        else:
            where = ("-s", "-t", self.target) if self.target[:1] == "$" else ("-t", self.target)
        wanted = () if self.filter is None else ("-f", self.filter)
        return ("list-panes", *where, *wanted, "-F", self.format)


def is_pane(pane: PaneId) -> str:
    """Return a filter that lets one pane pass."""
    return f"#{{==:#{{pane_id}},{pane}}}"


@attrs.frozen
class CapturePane(ReadOnly):
    """Ask for what a pane shows."""

    pane: PaneId
    styled: bool = False
    """With colours and attributes as escape sequences, and wrapped rows joined."""

    def words(self) -> tuple[str, ...]:
        how = ("-e", "-J") if self.styled else ()
        return ("capture-pane", "-p", *how, "-t", self.pane)


@attrs.frozen
class CaptureHistory(ReadOnly):
    """Ask for what a pane shows, and above it for what has scrolled away, as rows with their looks."""

    pane: PaneId
    lines: int
    """Above the screen, at most."""

    def words(self) -> tuple[str, ...]:
        return ("capture-pane", "-p", "-e", "-S", f"-{self.lines}", "-t", self.pane)
