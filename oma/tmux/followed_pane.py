"""What a follower knows of one pane: how far it is with its screen, and what it holds back."""

from enum import Enum, auto

import attrs

from oma.tmux.held import OutputDuringCapture
from oma.tmux.queries.screen_state import ScreenRow


class Phase(Enum):
    """How far a pane is between the first pause and what it prints."""

    PAUSING = auto()  # the pause is asked for; output still belongs before the capture
    CAPTURING = auto()  # output is held: it belongs after the capture
    LIVE = auto()
    LOOKING = auto()  # live, and captured without a pause


@attrs.define
class FollowedPane:
    """One pane that is followed."""

    phase: Phase = Phase.PAUSING
    again: bool = False
    """A capture was asked for while one was on its way."""
    own_pause_told: bool = False
    """tmux has told of our own pause: before 3.8 inside its block, later after it."""
    behind: bool = False
    """tmux has paused it: only a capture that continues it brings it back."""
    looks: int = 0
    """How often it was captured without a pause, in a row."""
    printed: bool = False
    """It printed while a capture was on its way: before or after, nobody can tell."""
    screen: ScreenRow | None = None
    held: OutputDuringCapture = attrs.Factory(OutputDuringCapture)
