"""What was decided, why, and the next step towards it.

`decide` returns a `Plan`; the reconciler carries out its step, looks at the window again, and decides
anew. So a plan need not foresee what tmux refuses, and every pane has a reason that can be asked for.
"""

from enum import StrEnum

import attrs

from oma.model.ids import AgentId, PaneId
from oma.model.layout import Axis, Cell

NEW_PANE = PaneId("%new")
"""Stands for the pane that a step makes, which has no id yet."""


class Action(StrEnum):
    """What is done about one agent; the values are the words of recordings."""

    KEEP = "keep"  # its pane stays
    SPAWN = "spawn"  # it gets a pane of its own
    REPLACE = "replace"  # it gets the place of another pane, which goes
    CLOSE = "close"  # its pane goes
    DEFER = "defer"  # it waits for room; a pane that it had goes
    DROP = "drop"  # it waited in vain, and waits no more
    SKIP = "skip"  # it gets no pane


@attrs.frozen
class Decision:
    """One agent, or one pane of a program that the user started."""

    action: Action
    agent: AgentId | None
    pane: PaneId | None
    """The pane that it has or had, or whose place it takes."""
    reason: str
    """One clause for a user, without hostile text."""


@attrs.frozen
class Spawn:
    """A new pane, split off another one; the arrangement that follows gives it its size."""

    agent: AgentId | None
    beside: PaneId
    """Is split; the new pane comes right after it in the window's order."""
    axis: Axis
    """How the two lie until they are arranged."""
    size: str | None = None
    """Columns or rows of the new one until then, or percent with `%`; half when not said."""


@attrs.frozen
class Step:
    """One change of the window, done whole or not at all: close, then spawn, then arrange.

    A pane that is split off one of those that close is made first, and takes its place.
    """

    close: tuple[PaneId, ...]
    spawn: Spawn | None
    tree: Cell | None = None
    """What must be true of the window afterwards; `None` leaves to tmux where the room goes."""


@attrs.frozen
class Plan:
    """The decisions on all agents, and the first step towards them."""

    decisions: tuple[Decision, ...]
    step: Step | None
    """`None` when the window is as it is to be."""
