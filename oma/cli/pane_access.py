"""How a dashboard reads the panes of its agents, and copies of them for the user."""

import os

from oma.errors import CommandError
from oma.model.ids import AgentId
from oma.runtime.agents.pane_history import PaneHistory
from oma.runtime.display.clipboard import copy_in_tmux
from oma.screen.styled import StyledRows
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tui.executor import PaneAccess


async def copy_here(text: str) -> bool:
    """Copy a text in the tmux that we run in; say whether there is one that did it."""
    return await copy_in_tmux(text, os.environ)


def pane_access(server: ServerAddress, store: Store) -> PaneAccess:
    """Return the access to the panes of the agents that a store knows."""
    history = PaneHistory(server)

    async def rows(agent_id: AgentId) -> StyledRows | None:
        agent = store.state.agent(agent_id)
        if agent is None or agent.pane is None:
            return None
        try:
            return await history.rows(agent.pane, agent.columns)
        except CommandError:
            return None  # it is gone; what is known of its screen is shown

    return PaneAccess(rows, copy_here)
