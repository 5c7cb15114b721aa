"""Asks for the screen of a pane that is paused, and lets it go on."""

from oma.model.ids import PaneId
from oma.tmux.commands.clients import ContinuePane
from oma.tmux.commands.command import CommandList, in_order
from oma.tmux.queries.screen import capture


def capture_and_continue(pane: PaneId) -> CommandList:
    """As `capture`, and in the same command let output of the pane flow again: three blocks."""
    return in_order(*capture(pane).commands, ContinuePane(pane))
