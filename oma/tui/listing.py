"""What is listed, and the room that it takes."""

from collections.abc import Mapping

import attrs

from oma.model.state import AgentState
from oma.tui.columns import Column, enough_columns, most_columns
from oma.tui.grouping import Entry
from oma.tui.regions import ListNeeds


class SameAgents:
    """Agents that are equal to themselves alone: a thousand of them are not compared one by one."""

    __slots__ = ("agents",)

    def __init__(self, agents: tuple[AgentState, ...]) -> None:
        self.agents = agents

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameAgents) and self.agents is other.agents

    def __hash__(self) -> int:
        return id(self.agents)


@attrs.frozen
class Listing:
    """What a view lists of all agents, and the room that it takes."""

    entries: tuple[Entry, ...]
    """The agents in their order, below headings where they are grouped."""
    agents: tuple[AgentState, ...]
    widths: Mapping[Column, int]
    """Column → the cells that it needs."""
    screen_columns: int
    """Of the widest screen of an agent."""

    @property
    def needs(self) -> ListNeeds:
        """The room that it takes."""
        return ListNeeds(
            agents=len(self.agents),
            headings=len(self.entries) - len(self.agents),
            enough_columns=enough_columns(self.widths),
            most_columns=most_columns(self.widths),
            screen_columns=self.screen_columns,
        )
