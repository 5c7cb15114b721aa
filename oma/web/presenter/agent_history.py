"""What happened to each agent since the server began: its changes of health, and what users did to it."""

from collections import deque
from collections.abc import Iterable

import attrs

from oma.model.events import CommandSent, Record
from oma.model.health import Health, Transition
from oma.model.ids import AgentId, PaneId
from oma.model.printable import printable
from oma.store.agent_log import AgentLog

KEPT = 200
"""Entries of one agent."""

MOST_AGENTS = 1000
"""Agents with entries; with more the one that came first is forgotten."""

LONGEST_TEXT = 200

MEANT = frozenset({"answer", "attach-terminal", "kill", "rename", "restart", "send", "stop"})
"""Commands that a user means; keys and the right to type are no news."""


@attrs.frozen
class HistoryEntry:
    """One thing that happened to an agent."""

    t: float
    """Seconds of the log."""
    health: Health | None = None
    """What it became; `None` where a user did something."""
    reason: str = ""
    command: str = ""
    """What a user did: `answer`, `send`, `stop`…"""
    text: str = ""
    by: str = ""
    """Their login; empty for whoever sits at this machine."""


def entry_of(change: Transition) -> HistoryEntry:
    """Return a change of health as it is told."""
    return HistoryEntry(change.t, change.verdict.health, change.verdict.reason)


@attrs.define
class AgentHistory:
    """Keeps what happened lately, of a bounded number of agents.

    Args:
        store: Knows which agent is in which pane.
    """

    store: AgentLog
    _entries: dict[AgentId, deque[HistoryEntry]] = attrs.Factory(dict)

    def take(self, record: Record, transitions: Iterable[Transition]) -> None:
        """Take the next step of the log."""
        event = record.event
        if isinstance(event, CommandSent) and event.command in MEANT and event.pane is not None:
            agent = self._agent_in(event.pane)
            if agent is not None:
                text = printable(event.text)[:LONGEST_TEXT]
                self._note(
                    agent, HistoryEntry(record.t, command=event.command, text=text, by=event.by)
                )
        for each in transitions:
            if each.id is not None:
                self._note(each.id, entry_of(each))

    def entries(self, agent: AgentId) -> tuple[HistoryEntry, ...]:
        """Return what is kept of an agent, the oldest first."""
        return tuple(self._entries.get(agent, ()))

    def _agent_in(self, pane: PaneId) -> AgentId | None:
        agents = self.store.state.agents
        return next((agent.id for agent in agents if agent.pane == pane), None)

    def _note(self, agent: AgentId, entry: HistoryEntry) -> None:
        self._entries.setdefault(agent, deque(maxlen=KEPT)).append(entry)
        while len(self._entries) > MOST_AGENTS:
            del self._entries[next(iter(self._entries))]
