"""A change of a window that we divide: one command, which tmux runs only if nothing has changed.

The layout of the window as it was seen is part of the command, so a change is done whole, or not at
all when somebody else was faster.
"""

from collections.abc import Sequence

from oma.model.ids import PaneId, WindowId
from oma.model.layout import Cell
from oma.tmux.commands.clients import Subscribe
from oma.tmux.commands.command import Command, CommandList
from oma.tmux.commands.control import IfShell, Print
from oma.tmux.commands.panes import KillPane, SelectLayout, SplitWindow, SwapPanes
from oma.tmux.layout_strings import leaves, parse_tree, render_tree
from oma.tmux.queries.window_panes import WindowPane

CHANGED = "changed"
"""What `change` prints when the window was not as it was seen: nothing was done."""

_BORDERS = "#{W:#{pane-border-status} #{pane-scrollbars} }"


def watch_borders(window: WindowId) -> Subscribe:
    """Have tmux tell, within a second, when an option takes cells of panes or gives them back.

    What it tells is a `SubscriptionChanged`; the first comes unasked.
    """
    return Subscribe("borders", window, _BORDERS)


def change(
    seen: WindowPane,
    closing: Sequence[PaneId],
    new: SplitWindow | None,
    tree: Cell | None,
) -> IfShell:
    """Return the command that closes panes, makes one, and arranges all, if nothing has changed.

    Prints the id of the new pane, or `CHANGED`.

    Args:
        seen: A row of the window, as it must still be.
        closing: Those to close.
        new: Makes a pane after that, which comes right after the one that it is split off; a pane
            that is split off one of `closing` is made before, and takes its place.
        tree: How the window is divided then, or `None` to leave it to tmux. A pane in it that is
            not in the window is the new one.

    Raises:
        ProtocolError: The layout that was seen cannot be read.
    """
    commands: list[Command] = [KillPane(pane) for pane in closing]
    if tree is not None:
        order = [leaf.pane for leaf in leaves(parse_tree(seen.layout))]
        left = [pane for pane in order if pane not in closing]
        commands += _swaps(left, [leaf.pane for leaf in leaves(tree) if leaf.pane in left])
    if new is not None:
        commands.insert(0 if new.beside in closing else len(commands), new)
    if tree is not None:
        commands.append(SelectLayout(seen.window, render_tree(tree)))
    shown = "#{=4:window_layout} #{window_width}x#{window_height} #{window_zoomed_flag}"
    condition = f"#{{==:{shown},{seen.layout[:4]} {seen.size} {seen.zoomed:d}}}"
    return IfShell(condition, CommandList(tuple(commands)), Print(CHANGED), seen.window)


def _swaps(have: Sequence[PaneId], want: Sequence[PaneId]) -> list[Command]:
    order = list(have)
    commands: list[Command] = []
    for at, pane in enumerate(want):
        if order[at] != pane:
            commands.append(SwapPanes(pane, order[at]))
            there = order.index(pane)
            order[at], order[there] = order[there], order[at]
    return commands
