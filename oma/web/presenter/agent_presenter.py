"""Agents as they are now, for one who asks or for everybody who watches."""

from collections.abc import Callable, Iterable, Mapping

import attrs

from oma.model.documents import agent_document, iso
from oma.model.hosts import Link
from oma.model.ids import AgentId
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.model.wall_time import WallTime
from oma.screen.styled import StyledText
from oma.store.agent_log import AgentLog
from oma.web.presenter.subscribers import Subscribers

MOST_ROWS = 1000
"""Of a screen; more than tmux's largest window that anybody uses."""


@attrs.define
class AgentPresenter:
    """What is shown of agents.

    Args:
        store: What is known of them.
        calendar: Tells when the moments of the log were; it changes while the machine sleeps.
        subscribers: Who watches them.
        prefix: Of their names, which whoever asks may leave out.
        links: How machines are reached; there are none where all agents are of this one.
    """

    store: AgentLog
    calendar: Callable[[], WallTime]
    subscribers: Subscribers
    prefix: str
    links: Callable[[], Mapping[str, Link]] = dict

    def known(self, reference: str) -> AgentState | None:
        """Return the agent of that id; else of that name, given with or without the prefix."""
        state = self.store.state
        return (
            state.agent(AgentId(reference))
            or state.named(reference)
            or state.named(f"{self.prefix}{reference}")
        )

    def agent(self, agent: AgentState) -> dict[str, object]:
        """Return an agent as it is now."""
        subscribers = self.subscribers
        return {
            **agent_object(agent, self.store.clock(), self.calendar()),
            "viewers": list(subscribers.viewers(agent.id)),
            "controlled_by": subscribers.controller(agent.id),
        }

    def agents(self, sees: Callable[[str], bool]) -> list[dict[str, object]]:
        """Return the agents whose lasting names somebody may see."""
        agents = self.store.state.agents
        return [self.agent(agent) for agent in agents if sees(agent.lasting_name)]

    def hosts(self) -> list[dict[str, object]]:
        """Return how each machine is reached."""
        return [
            {"host": host, "state": link.state, "words": printable(link.words)}
            for host, link in self.links().items()
        ]

    def moment(self, t: float) -> str:
        """Return when a moment of the log was, by the calendar, in ISO 8601."""
        return iso(self.calendar().moment(t))

    def lines(self, agent: AgentState, most_rows: int = MOST_ROWS) -> list[str]:
        """Return the bottom rows of an agent's screen; none while it is not known.

        They hold no control characters, whatever the agent wrote.
        """
        styled_rows = self.store.styled_rows(agent.id, most_rows)
        return [] if styled_rows is None else [printable(line) for line in text_of(styled_rows)]


def agent_object(agent: AgentState, t: float, calendar: WallTime) -> dict[str, object]:
    """Return an agent at `t`, in seconds of the log of that calendar, watched by nobody."""
    return {
        **agent_document(agent, t, calendar),
        "since_s": agent.verdict.since_s,
        "host": agent.host,
        "lost": agent.lost,
        "viewers": [],
        "controlled_by": None,
    }


def text_of(rows: Iterable[Iterable[StyledText]]) -> list[str]:
    """Return the rows of a screen as text, without styles and spaces at the end."""
    return ["".join(run.text for run in row).rstrip() for row in rows]
