"""What is listed, and the room that it takes."""

from collections.abc import Mapping

import attrs

from oma.model.state import AgentState
from oma.tui.agent_totals import AgentTotals
from oma.tui.columns import Column, enough_columns, most_columns
from oma.tui.grouping import Entry
from oma.tui.regions import ListNeeds


@attrs.frozen
class Listing:
    """What a view lists of all agents, and the room that it takes."""

    entries: tuple[Entry, ...]
    """The agents in their order, below headings where they are grouped."""
    agents: tuple[AgentState, ...]
    totals: AgentTotals
    """Of all there are, whomever a filter hides; they go on changing."""
    widths: Mapping[Column, int] = attrs.field(init=False)
    """Column → the cells that it needs."""
    needs: ListNeeds = attrs.field(init=False)
    """The room that it takes."""

    @widths.default
    def _measure(self) -> Mapping[Column, int]:
        return self.totals.widths

    @needs.default
    def _need(self) -> ListNeeds:
        return ListNeeds(
            agents=len(self.agents),
            headings=len(self.entries) - len(self.agents),
            enough_columns=enough_columns(self.widths),
            most_columns=most_columns(self.widths),
            screen_columns=self.totals.screen_columns,
        )
