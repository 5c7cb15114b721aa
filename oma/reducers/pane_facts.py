"""Facts about the panes of agents, for those who find out more of them."""

from collections.abc import Iterable

from oma.model.events import CheckoutSeen
from oma.model.ids import PaneId
from oma.reducers.agent import AgentFold


def programs_of(agents: Iterable[AgentFold]) -> dict[PaneId, tuple[int, str]]:
    """Return the process and the foreground command of every pane whose process is known."""
    panes = (fold.seen for agent in agents for fold in agent.panes.values())
    return {seen.pane: (seen.pid, seen.command) for seen in panes if seen.pid and not seen.dead}


def checkouts_of(agents: Iterable[AgentFold]) -> dict[PaneId, tuple[str, CheckoutSeen | None]]:
    """Return the directory of every pane that speaks for an agent, and what was logged of its checkout."""
    panes = (agent.primary_pane for agent in agents)
    return {pane.seen.pane: (pane.seen.cwd, pane.checkout) for pane in panes if pane is not None}
