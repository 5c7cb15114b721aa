"""Asks for the screen of a pane that is paused, and lets it go on."""

from oma.model.ids import PaneId
from oma.tmux.commands.clients import ContinuePane
from oma.tmux.commands.command import CommandList, in_order
from oma.tmux.queries.screen import capture


def capture_and_continue(pane: PaneId, *, has_ended: bool = False) -> CommandList:
    """As `capture`, and in the same command let output of the pane flow again: three blocks."""
    return in_order(*capture(pane, has_ended=has_ended).commands, ContinuePane(pane))
