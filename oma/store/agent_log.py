"""What a page and notifications read: agents as they are, and each step of what happens to them.

A `Store` is one for the agents of a tmux server, a `HostsLog` for those of several machines.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.ids import AgentId
from oma.model.state import AgentState, FleetState
from oma.screen.styled import StyledRows
from oma.store.tail import Tail


class AgentLog(Protocol):
    """Agents, and the log of what happens to them."""

    @property
    def clock(self) -> Callable[[], float]:
        """Tells the seconds since the log began."""

    @property
    def seq(self) -> int:
        """The number of the newest record."""

    @property
    def t(self) -> float:
        """When that was, in seconds of the log."""

    @property
    def state(self) -> FleetState:
        """The latest state."""

    def agent(self, agent_id: AgentId | None) -> AgentState | None:
        """Return the agent of this id; `None` if there is none."""

    def explain(self, reference: str) -> Explanation | None:
        """Return why the agent of this id or name is as it is; `None` if that is not known."""

    async def past_of(self, agent: AgentState) -> Sequence[Transition]:
        """Return how an agent changed before this log began, the oldest first, where somebody tells that."""

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of an agent's screen; `None` where it is not known."""

    def pass_time(self) -> None:
        """Run what is due by now."""

    async def wait_newer(self, seq: int) -> None:
        """Wait until there is a record after `seq`; may skip some."""

    def tail(self) -> Tail:
        """Return a subscription to every step from here on."""
