"""Why a pane is there, or went: what it shows, and what was decided about it."""

from collections.abc import Callable

import attrs

from oma.errors import OmaError
from oma.model.ids import AgentId, PaneId, WindowId, split_agent_id
from oma.runtime.agents.lookup import list_agents
from oma.runtime.client.pane_list import list_panes
from oma.runtime.display.decision_log import Note, agent_of
from oma.runtime.display.host_pane import HostPane
from oma.tmux.address import ServerAddress
from oma.tmux.pane_mark import PaneRole
from oma.tmux.queries.window_panes import WindowPane


@attrs.frozen
class PaneReason:
    """What is known of a pane."""

    reason: str
    """In words; hostile text may stand in it."""
    agent: str | None
    """The name of the one that it shows, or showed."""
    window: WindowId | None
    """`None` when it is gone."""
    notes: tuple[Note, ...]
    """What was decided about it, and about its agent before and after; the oldest first."""


async def reason_of_pane(
    host: HostPane, server: ServerAddress, watched: Callable[[str], bool], pane: PaneId
) -> PaneReason:
    """Return what is known of a pane.

    Args:
        host: Where we run; the pane is, or was, on the same server.
        server: Of the agents.
        watched: Whether a session of a name is an agent.
        pane: Which one.

    Raises:
        OmaError: There is no such pane, and nothing was decided about it.
    """
    row = next((row for row in await host.rows() if row.pane == pane), None)
    notes = _notes(host, pane, row)
    if row is not None:
        reason, agent = await _shown(host, server, watched, row)
        return PaneReason(reason, agent, row.window, notes)
    if not notes:
        message = f"nothing is known of a pane {pane}; a recording may tell: --recording FILE"
        raise OmaError(message)
    return PaneReason("it is gone", notes[-1].agent, None, notes)


async def _shown(
    host: HostPane, server: ServerAddress, watched: Callable[[str], bool], row: WindowPane
) -> tuple[str, str | None]:
    """Return what a pane is, and the name of the agent that it shows."""
    if row.mark is None:
        return "oma did not make it", None
    main, agent = row.mark.main, row.mark.agent
    if row.mark.role is PaneRole.RIGHT:
        return f"the right pane of the dashboard in {main}", None
    name = await _name(server, watched, agent)
    shown = "a program that the user started" if agent is None else f"the agent {name}"
    is_tiled = host.tiling_lock(main).holder() is not None
    now = "" if is_tiled else "; nobody tiles around that now"
    return f"shows {shown} around {main}{now}", name


async def _name(
    server: ServerAddress, watched: Callable[[str], bool], agent: AgentId | None
) -> str | None:
    """Return the name of an agent that is a session, the place of one that is a pane; its id without."""
    session, pane = split_agent_id(agent)
    if session is not None:
        agents = await list_agents(server, watched)
        return next((name for name, rows in agents.items() if rows[0].session == session), session)
    rows = () if pane is None else await list_panes(server)
    places = (
        f"{row.session_name}:{row.window_index}.{row.pane_index}"
        for row in rows
        if row.pane == pane
    )
    return next(places, pane)


def _notes(host: HostPane, pane: PaneId, row: WindowPane | None) -> tuple[Note, ...]:
    """Return the decisions about a pane, and about its agent before and after."""
    if row is None:
        journals = host.tiling_lock(pane).journals()
    else:
        journals = () if row.mark is None else (host.tiling_lock(row.mark.main).journal,)
    for journal in journals:
        notes = journal.notes()
        agents = {agent_of(note.event) for note in notes if note.event.pane == pane} - {None}
        about = [n for n in notes if n.event.pane == pane or agent_of(n.event) in agents]
        if about:
            return tuple(about)
    return ()
