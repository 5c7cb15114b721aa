"""The right pane: what is to be done so that it shows what the user asked for. Pure.

The user owns the window: a pane that they closed, moved or zoomed is found as it is now, by the
mark that we left on it, and used where it is. It is made anew only when it is gone. Moving the
cursor in the dashboard decides nothing here; only a key of the user does.
"""

import attrs

from oma.model.ids import AgentId, PaneId, SessionId, split_agent_id
from oma.model.layout import Axis
from oma.placement.plan import Spawn, Step


@attrs.frozen
class RightPane:
    """A right pane of ours, as tmux reports it."""

    pane: PaneId
    viewed: AgentId | None
    """What it shows; `None` when nothing that shows an agent runs in it."""
    hidden: bool
    """It is in our window, and that is zoomed."""


@attrs.frozen
class SwitchTo:
    """Make the client of the pane show another session."""

    session: SessionId


@attrs.frozen
class Unzoom:
    """Make all panes of our window visible."""


def choose(panes: tuple[RightPane, ...]) -> RightPane | None:
    """Return the pane that counts, should there be several: one with a client, then the first."""
    return min(panes, key=lambda pane: pane.viewed is None, default=None)


def decide(
    pane: RightPane | None, wanted: AgentId | None, main: PaneId, width: str
) -> tuple[Step | SwitchTo | Unzoom, ...]:
    """Return what makes the right pane show `wanted`, or stand there empty, in this order. Total.

    A pane that shows something is never emptied. A new pane ends a zoom by itself. A client of tmux is
    switched to another session; a pane that shows one pane, or is to, gives its place to a new one.

    Args:
        pane: The right pane, if there is one.
        wanted: What it is to show.
        main: Our own pane, beside which a new one is made.
        width: Of a new one, in columns, or percent with `%`.
    """
    if pane is None:
        return (Step((), Spawn(wanted, main, Axis.COLUMNS, width)),)
    if wanted is None:
        return ()
    if pane.viewed == wanted:
        return (Unzoom(),) if pane.hidden else ()
    before, (session, _) = split_agent_id(pane.viewed)[0], split_agent_id(wanted)
    if before is None or session is None:
        return (Step((pane.pane,), Spawn(wanted, pane.pane, Axis.ROWS)),)
    switch = SwitchTo(session)
    return (switch, Unzoom()) if pane.hidden else (switch,)
