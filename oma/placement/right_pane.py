"""The right pane: what is to be done so that it shows what a person asked for. Pure.

The person owns the window: a pane that they closed, moved or zoomed is found as it is now, by the
mark that we left on it, and used where it is. It is made anew only when it is gone. Moving the
cursor in the dashboard decides nothing here; only a person's key does.
"""

import attrs

from oma.model.ids import PaneId, SessionId


@attrs.frozen
class RightPane:
    """A right pane of ours, as tmux reports it."""

    pane: PaneId
    viewed: SessionId | None
    """What its client shows; `None` when no client runs in it."""
    hidden: bool
    """It is in our window, and that is zoomed."""


@attrs.frozen
class Split:
    """Make the pane, next to ours."""


@attrs.frozen
class Replace:
    """Put a new client in the place of a pane without one."""

    pane: PaneId


@attrs.frozen
class Switch:
    """Make the client of the pane show another session."""

    pane: PaneId


@attrs.frozen
class Stay:
    """All is as it should be."""

    pane: PaneId


Step = Split | Replace | Switch | Stay


@attrs.frozen
class Plan:
    """What to do, in this order."""

    step: Step
    unzoom: bool = False
    """Make the window's panes visible then; a new pane does so by itself."""


def choose(panes: tuple[RightPane, ...]) -> RightPane | None:
    """Return the pane that counts, should there be several: one with a client, then the first."""
    return min(panes, key=lambda pane: pane.viewed is None, default=None)


def decide(panes: tuple[RightPane, ...], wanted: SessionId | None) -> Plan:
    """Return what makes the right pane show `wanted`, or stand there empty. Total.

    A pane that shows something is never emptied.
    """
    pane = choose(panes)
    if pane is None:
        return Plan(Split())
    if wanted is None:
        return Plan(Stay(pane.pane))
    if pane.viewed is None:
        return Plan(Replace(pane.pane))
    step = Stay if pane.viewed == wanted else Switch
    return Plan(step(pane.pane), unzoom=pane.hidden)
