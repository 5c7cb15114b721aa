"""Agents as they are now, for one who asks or for everybody who watches."""

from collections.abc import Callable
from datetime import datetime

import attrs

from oma.model.printable import printable
from oma.model.state import AgentState
from oma.store.store import Store
from oma.web.serialize import agent_object, text_of
from oma.web.streams.subscribers import Subscribers

MOST_ROWS = 1000
"""Of a screen; more than tmux's largest window that anybody uses."""


@attrs.frozen
class Presenter:
    """What is shown of agents.

    Args:
        store: What is known of them.
        began: Wall time of the log's beginning.
        subscribers: Who watches them.
    """

    store: Store
    began: datetime
    subscribers: Subscribers

    def agent(self, agent: AgentState) -> dict[str, object]:
        """Return an agent as it is now."""
        return agent_object(agent, self.store.clock(), self.began, self.subscribers)

    def agents(self, sees: Callable[[str], bool]) -> list[dict[str, object]]:
        """Return the agents whose names somebody may see."""
        return [self.agent(agent) for agent in self.store.state.agents if sees(agent.name)]

    def lines(self, agent: AgentState, most_rows: int = MOST_ROWS) -> list[str]:
        """Return the bottom rows of an agent's screen; none while it is not known.

        They hold no control characters, whatever the agent wrote.
        """
        styled_rows = self.store.fleet.styled_rows(agent.session, most_rows)
        return [] if styled_rows is None else [printable(line) for line in text_of(styled_rows)]
