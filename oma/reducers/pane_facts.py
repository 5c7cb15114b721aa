"""Facts about the panes of agents, for those who find out more of them."""

from collections.abc import Iterable

from oma.model.events import CheckoutSeen
from oma.model.ids import PaneId
from oma.model.status_file import StatusFileRead
from oma.reducers.agent import AgentFold


def programs_of(agents: Iterable[AgentFold]) -> dict[PaneId, tuple[int, str]]:
    """Return the process and the foreground command of every pane whose process is known."""
    panes = (fold.seen for agent in agents for fold in agent.panes.values())
    return {seen.pane: (seen.pid, seen.command) for seen in panes if seen.pid and not seen.dead}


def checkouts_of(agents: Iterable[AgentFold]) -> dict[PaneId, tuple[str, CheckoutSeen | None]]:
    """Return the directory of every pane that speaks for an agent, and what was logged of its checkout."""
    panes = (agent.primary_pane for agent in agents)
    return {pane.seen.pane: (pane.seen.cwd, pane.checkout) for pane in panes if pane is not None}


def status_files_of(
    agents: Iterable[AgentFold],
) -> dict[PaneId, tuple[str, int, StatusFileRead | None]]:
    """Return of every pane whose agent keeps a status file its format, the agent's process, what was logged."""
    found: dict[PaneId, tuple[str, int, StatusFileRead | None]] = {}
    for agent in agents:
        pane, judge = agent.primary_pane, agent.judge
        if pane is not None and judge is not None and judge.profile.status_file:
            pid = 0 if pane.sample is None else pane.sample.pid
            if pid:
                found[pane.seen.pane] = judge.profile.status_file, pid, pane.status_file
    return found
