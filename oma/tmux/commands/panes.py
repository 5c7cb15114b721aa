"""Commands about panes and windows.

Targets are ids. A program is given as words, which no shell reads.

>>> SplitWindow(PaneId("%0"), ("top",), Axis.COLUMNS).words()[-1]
'top'
>>> CapturePane(PaneId("%1")).words()
('capture-pane', '-p', '-t', '%1')
"""

from collections.abc import Sequence
from typing import ClassVar

import attrs

from oma.model.ids import PaneId, SessionId, WindowId
from oma.model.layout import Axis
from oma.tmux.commands.command import Safety
from oma.tmux.escape import quote_format


@attrs.frozen
class ListPanes:
    """Ask for panes: of the whole server, of a session, or of the window of a pane; a line each.

    `display-message` is not used for one pane: it answers for another one when that is gone.
    """

    format: str
    target: SessionId | PaneId | None = None
    filter: str | None = None
    """A format that is true for the panes that are wanted."""
    safety: ClassVar[Safety] = Safety.READ_ONLY

    def words(self) -> tuple[str, ...]:
        """Return `list-panes …`."""
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
class CapturePane:
    """Ask for what a pane shows."""

    pane: PaneId
    styled: bool = False
    """With colours and attributes as escape sequences, and wrapped rows joined."""
    safety: ClassVar[Safety] = Safety.READ_ONLY

    def words(self) -> tuple[str, ...]:
        """Return `capture-pane -p …`."""
        how = ("-e", "-J") if self.styled else ()
        return ("capture-pane", "-p", *how, "-t", self.pane)


@attrs.frozen
class SplitWindow:
    """Run a program in a new pane beside another one, which keeps the keyboard; prints its id."""

    beside: PaneId
    program: Sequence[str]
    """Its words; run as they are, by no shell."""
    axis: Axis = Axis.ROWS
    size: str | None = None
    """Columns or rows, or percent with `%`."""
    cwd: str | None = None
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `split-window -d …`."""
        words = ["split-window", "-d", "-h" if self.axis is Axis.COLUMNS else "-v"]
        words += [] if self.size is None else ["-l", self.size]
        words += ["-t", self.beside]
        words += [] if self.cwd is None else ["-c", quote_format(self.cwd)]
        return (*words, "-P", "-F", "#{pane_id}", "--", *self.program)


@attrs.frozen
class KillPane:
    """Close a pane, and end what runs in it: one that we made, or the user's agent if asked to."""

    pane: PaneId
    safety: ClassVar[Safety] = Safety.DESTRUCTIVE

    def words(self) -> tuple[str, ...]:
        """Return `kill-pane …`."""
        return ("kill-pane", "-t", self.pane)


@attrs.frozen
class RespawnPane:
    """End what runs in a pane and start a command, or what the pane was started with, in it.

    Up to 3.7, tmux crashes when a program is replaced whose output a control client has yet to get
    (#5499): pause the pane on these first, in the same list (`PausePane`).
    """

    pane: PaneId
    command: str | None = None
    """A line for the shell."""
    safety: ClassVar[Safety] = Safety.DESTRUCTIVE

    def words(self) -> tuple[str, ...]:
        """Return `respawn-pane -k …`."""
        command = () if self.command is None else ("--", self.command)
        return ("respawn-pane", "-k", "-t", self.pane, *command)


@attrs.frozen
class SelectPane:
    """Give the keyboard to a pane, or let one take keys that took none."""

    pane: PaneId
    enable_keys: bool = False
    """Let it take keys; which pane has the keyboard stays as it is."""
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `select-pane …`."""
        return ("select-pane", *(("-e",) if self.enable_keys else ()), "-t", self.pane)


@attrs.frozen
class SelectWindow:
    """Show a window in a session."""

    session: SessionId
    window: WindowId
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `select-window …`."""
        return ("select-window", "-t", f"{self.session}:{self.window}")


@attrs.frozen
class SwapPanes:
    """Exchange the places of two panes; the keyboard stays where it is."""

    source: PaneId
    target: PaneId
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `swap-pane -d …`."""
        return ("swap-pane", "-d", "-s", self.source, "-t", self.target)


@attrs.frozen
class ToggleZoom:
    """Zoom a pane, or make all panes of its zoomed window visible again."""

    pane: PaneId
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `resize-pane -Z …`."""
        return ("resize-pane", "-Z", "-t", self.pane)


@attrs.frozen
class SelectLayout:
    """Divide a window among its panes."""

    window: WindowId
    layout: str
    """As tmux writes it, checksum included."""
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `select-layout …`."""
        return ("select-layout", "-t", self.window, self.layout)


@attrs.frozen
class ResizeWindow:
    """Give a window a size, which it keeps until its `window-size` option is unset."""

    window: str
    """An id, or `=NAME:` for the window of a session that was just made."""
    columns: int
    rows: int
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `resize-window …`."""
        size = ("-x", str(self.columns), "-y", str(self.rows))
        return ("resize-window", "-t", self.window, *size)
