"""Finds agents on the server: all of them, or one by the name that the user types.

A name that nobody has is refused with the nearest one. A name that several agents have is refused, too:
nothing is done to an agent by guess.
"""

from collections.abc import Callable, Sequence

import trio

from oma.errors import OmaError
from oma.model.nearest import nearest
from oma.model.state import AgentState
from oma.runtime.client.pane_list import list_panes
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.queries.panes import PaneRow

KNOWN_S = 3.0
"""How long the agents that exist may take to be known; before that none is taken to have ended."""


MOST_NAMED = 20
"""As many agents are named where one that is meant is not there."""


class NoSuchAgentError(OmaError):
    """No agent is called so."""


async def list_agents(
    server: ServerAddress, watched: Callable[[str], bool]
) -> dict[str, tuple[PaneRow, ...]]:
    """Return the watched sessions and their panes; empty when there is no server.

    Raises:
        OmaError: tmux is not installed.
    """
    agents: dict[str, tuple[PaneRow, ...]] = {}
    for row in await list_panes(server):
        if watched(row.session_name):
            agents[row.session_name] = (*agents.get(row.session_name, ()), row)
    return agents


async def know_agents(server: ServerAddress, watched: Callable[[str], bool], store: Store) -> None:
    """Wait until the store knows every agent that exists, but no longer than `KNOWN_S`.

    Raises:
        OmaError: tmux is not installed.
    """
    there = await list_agents(server, watched)
    with trio.move_on_after(KNOWN_S):
        while not there.keys() <= {agent.name for agent in store.state.agents}:
            await store.wait_newer(store.seq)


def is_called(agent: AgentState, name: str, prefix: str) -> bool:
    """Say whether a text names this agent: see `choose_agent`. The beginning of one does not."""
    return bool(name) and name in _texts(agent, prefix)


def agents_called(agents: Sequence[AgentState], name: str, prefix: str) -> list[AgentState]:
    """Return the living agents that a name may mean: see `choose_agent`."""
    living = [agent for agent in agents if not agent.gone]
    found = [agent for agent in living if is_called(agent, name, prefix)]
    return found or [
        agent
        for agent in living
        if any(text.startswith(name) for text in _texts(agent, prefix) if text)
    ]


def choose_agent(agents: Sequence[AgentState], name: str, prefix: str) -> AgentState:
    """Return the agent that a name means.

    That is its own name, with or without the prefix of agents; another text that names it alone: its
    task, directory, session or window; `session:window.pane`; its id; or that of its pane. Else it is what
    only one of them begins with.

    Raises:
        NoSuchAgentError: There is none; the text names the nearest, and those that there are.
        OmaError: There are several; it names them.
    """
    found = agents_called(agents, name, prefix)
    if len(found) == 1:
        return found[0]
    if found and name:
        raise OmaError(
            f"{name!r} may be {', '.join(agent.name for agent in found[:MOST_NAMED])}: say more"
        )
    raise NoSuchAgentError(
        no_such_agent(name, sorted(agent.name for agent in agents if not agent.gone), prefix)
    )


def _texts(agent: AgentState, prefix: str) -> set[str]:
    return {
        agent.name,
        agent.name.removeprefix(prefix),
        *agent.names,
        agent.place,
        agent.id,
        agent.pane or "",
    }


def no_such_agent(name: str, known: Sequence[str], prefix: str) -> str:
    """Return what to say when no agent has the name that was given.

    Args:
        name: As it was typed.
        known: The names of the agents that there are.
        prefix: Of the names of agents, which need not be typed.
    """
    if not known:
        return f"no agent {name!r}; there are none: 'oma new' starts one"
    names = [*(full.removeprefix(prefix) for full in known), *known]
    near = nearest(name, names)
    meant = ";" if near is None else f", did you mean {near!r}?"
    more = "" if len(known) <= MOST_NAMED else f" and {len(known) - MOST_NAMED} more"
    return f"no agent {name!r}{meant} there are: {', '.join(known[:MOST_NAMED])}{more}"
