"""Everything that a frame is made of, as one value: what is known, and how it is looked at.

Frames are pure functions of it, so a test composes one without a terminal, a store or a clock.
"""

import attrs

from oma.model.explanation import Explanation
from oma.model.health import Ending, Transition
from oma.model.ids import AgentId
from oma.model.state import FleetState
from oma.model.wall_time import WallTime
from oma.screen.styled import StyledRows
from oma.summary.digest import Digest
from oma.tui.format import short_name
from oma.tui.keymap import Keymap
from oma.tui.past_timeline import PastTimeline
from oma.tui.theme import TerminalCapabilities
from oma.tui.timeline import Timeline


@attrs.frozen
class RenderInput:
    """What there is to show at one moment."""

    state: FleetState
    now_s: float
    """In seconds of the log."""
    wall_time: WallTime
    """When the moments of the log were, in the user's time zone."""
    prefix: str
    """Of the names of agents; it is not shown."""
    keymap: Keymap
    capabilities: TerminalCapabilities
    transitions: tuple[Transition, ...] = ()
    """The newest last."""
    styled_rows: StyledRows | None = None
    """The bottom rows of the selected agent's screen; `None` when that is not known."""
    occupant: AgentId | None = None
    """The agent that the right pane shows."""
    explanation: Explanation | None = None
    """Of the selected agent's verdict, while a user asks for it."""

    digest: Digest | None = None
    """What happened, while a user asks for it."""
    timeline: Timeline | None = None
    """Of the recording that is shown; `None` for what happens now."""
    past: PastTimeline | None = None
    """Of what happens now, where the past is known and a user wants to see it."""

    def age_s(self, t: float) -> float:
        """Return how many seconds ago a moment of the log was."""
        return self.wall_time.elapsed_s(t, self.now_s)

    def until(self, ending: Ending | None) -> str:
        """Return when a failure ends, as `WallTime.until`; empty for `None`."""
        return "" if ending is None else self.wall_time.until(ending, self.now_s)

    def short_name(self, name: str) -> str:
        """Return the name of an agent without what all of them share."""
        return short_name(name, self.prefix)
