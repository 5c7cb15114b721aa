"""Commands that change panes and windows; what asks about them is in `pane_questions`.

Targets are ids. A program is given as words, which no shell reads.

>>> SplitWindow(PaneId("%0"), ("top",), Axis.COLUMNS).words()[-1]
'top'
"""

from collections.abc import Sequence

import attrs

from oma.model.ids import PaneId, SessionId, WindowId
from oma.model.layout import Axis
from oma.tmux.commands.command import Destructive, Mutating
from oma.tmux.escape import quote_format


@attrs.frozen
class SplitWindow(Mutating):
    """Run a program in a new pane beside another one, which keeps the keyboard; prints its id."""

    beside: PaneId
    program: Sequence[str]
    """Its words; run as they are, by no shell."""
    axis: Axis = Axis.ROWS
    size: str | None = None
    """Columns or rows, or percent with `%`."""
    cwd: str | None = None

    def words(self) -> tuple[str, ...]:
        words = ["split-window", "-d", "-h" if self.axis is Axis.COLUMNS else "-v"]
        words += [] if self.size is None else ["-l", self.size]
        words += ["-t", self.beside]
        words += [] if self.cwd is None else ["-c", quote_format(self.cwd)]
        return (*words, "-P", "-F", "#{pane_id}", "--", *self.program)


@attrs.frozen
class KillPane(Destructive):
    """Close a pane, and end what runs in it: one that we made, or the user's agent if asked to."""

    pane: PaneId

    def words(self) -> tuple[str, ...]:
        return ("kill-pane", "-t", self.pane)


@attrs.frozen
class RespawnPane(Destructive):
    """End what runs in a pane and start a command, or what the pane was started with, in it.

    Up to 3.7, tmux crashes when a program is replaced whose output a control client has yet to get
    (#5499): pause the pane on these first, in the same list (`PausePane`).
    """

    pane: PaneId
    command: str | None = None
    """A line for the shell."""
    cwd: str | None = None
    """`None` is where the program before it was started."""

    def words(self) -> tuple[str, ...]:
        place = () if self.cwd is None else ("-c", quote_format(self.cwd))
        command = () if self.command is None else ("--", self.command)
        return ("respawn-pane", "-k", "-t", self.pane, *place, *command)


@attrs.frozen
class SelectPane(Mutating):
    """Give the keyboard to a pane, or say whether one takes keys."""

    pane: PaneId
    enable_keys: bool | None = None
    """Let it take keys, or none; which pane has the keyboard stays as it is then."""

    def words(self) -> tuple[str, ...]:
        how = {None: (), True: ("-e",), False: ("-d",)}[self.enable_keys]
        return ("select-pane", *how, "-t", self.pane)


@attrs.frozen
class SelectWindow(Mutating):
    """Show a window in a session."""

    session: SessionId
    window: WindowId

    def words(self) -> tuple[str, ...]:
        return ("select-window", "-t", f"{self.session}:{self.window}")


@attrs.frozen
class SwapPanes(Mutating):
    """Exchange the places of two panes; the keyboard stays where it is."""

    source: PaneId
    target: PaneId

    def words(self) -> tuple[str, ...]:
        return ("swap-pane", "-d", "-s", self.source, "-t", self.target)


@attrs.frozen
class ToggleZoom(Mutating):
    """Zoom a pane, or make all panes of its zoomed window visible again."""

    pane: PaneId

    def words(self) -> tuple[str, ...]:
        return ("resize-pane", "-Z", "-t", self.pane)


@attrs.frozen
class SelectLayout(Mutating):
    """Divide a window among its panes."""

    window: WindowId
    layout: str
    """As tmux writes it, checksum included."""

    def words(self) -> tuple[str, ...]:
        return ("select-layout", "-t", self.window, self.layout)


@attrs.frozen
class ResizeWindow(Mutating):
    """Give a window a size, which it keeps until its `window-size` option is unset."""

    window: str
    """An id, or `=NAME:` for the window of a session that was just made."""
    columns: int
    rows: int

    def words(self) -> tuple[str, ...]:
        size = ("-x", str(self.columns), "-y", str(self.rows))
        return ("resize-window", "-t", self.window, *size)
