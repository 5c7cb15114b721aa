"""The listing of a dashboard, changed where agents have: of thousands the few that are otherwise are sorted and measured."""

from collections.abc import Sequence
from itertools import compress
from operator import attrgetter, is_not

import attrs

from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.tui.agent_groups import AgentGroups
from oma.tui.agent_totals import AgentTotals
from oma.tui.columns import Column
from oma.tui.filtering import SavedFilters, read_filter
from oma.tui.grouping import Grouping
from oma.tui.listing import Listing
from oma.tui.ordering import Order, rank_of

_MANY = 4
"""Where one in so many agents is otherwise, all are listed anew, which costs less."""


Agents = tuple[AgentState, ...]


@attrs.frozen
class ListWanted:
    """Which agents a user wants listed, and how."""

    filter_text: str = ""
    saved_filters: SavedFilters = ()
    grouping: Grouping = Grouping.NONE
    order: Order = Order.NEED
    snoozed: frozenset[AgentId] = frozenset()

    def groups(self) -> AgentGroups:
        """Return a list of nobody as yet."""
        fits = read_filter(self.filter_text, self.saved_filters).fits
        return AgentGroups(fits, rank_of(self.order, self.snoozed), self.grouping)


@attrs.define
class KeptListing:
    """The listing that was asked for last; for the same again it costs what has changed."""

    _agents: Agents = ()
    _wanted: ListWanted = ListWanted()
    _groups: AgentGroups = attrs.Factory(ListWanted().groups)
    _totals: AgentTotals = attrs.Factory(lambda: AgentTotals((), ""))
    _listing: Listing | None = None

    def of(
        self,
        agents: Agents,
        wanted: ListWanted,
        columns: Sequence[Column],
        prefix: str,
    ) -> Listing:
        """Return what is listed of agents; its columns are as wide as all need, whomever a filter hides.

        Args:
            agents: All there are; who is otherwise than the last time is another value.
            wanted: Which are listed, and how.
            columns: Those that the user wants.
            prefix: Of the names of agents; it is not shown.
        """
        sized = (self._totals.columns, self._totals.prefix) == (columns, prefix)
        if (
            self._listing is not None
            and agents is self._agents
            and wanted == self._wanted
            and sized
        ):
            return self._listing
        gone, new = _changes(self._agents, agents)
        few = _MANY * (len(gone) + len(new)) < len(agents)
        active, *changed = _told_apart(gone, new) if few else ([], gone, new)
        if few and sized:
            self._totals.change(*changed)
        else:
            self._totals = AgentTotals(columns, prefix)
            self._totals.change((), agents)
        if not (few and wanted == self._wanted):
            self._groups = wanted.groups()
            self._groups.change((), agents)
        elif wanted.order is Order.ACTIVITY:
            self._groups.change(gone, new)
        else:
            self._groups.replace(active)
            self._groups.change(*changed)
        self._agents, self._wanted = agents, wanted
        self._listing = Listing(*self._groups.listed(), self._totals)
        return self._listing


_all_but_activity = attrgetter(*(f.name for f in attrs.fields(AgentState) if f.name != "active_s"))


def _told_apart(
    gone: Sequence[AgentState], new: Sequence[AgentState]
) -> tuple[list[tuple[AgentState, AgentState]], Sequence[AgentState], Sequence[AgentState]]:
    """Return those that have only been active, as they were and are, and the others: most are such."""
    if len(gone) != len(new):
        return [], gone, new
    pairs = list(zip(gone, new, strict=True))
    same = [_all_but_activity(was) == _all_but_activity(now) for was, now in pairs]
    others = [not each for each in same]
    return list(compress(pairs, same)), list(compress(gone, others)), list(compress(new, others))


def _changes(before: Agents, now: Agents) -> tuple[Sequence[AgentState], Sequence[AgentState]]:
    """Return who is there no more and who is new, by what they are: to compare what they equal would cost more."""
    if len(before) == len(now):
        changed = list(map(is_not, before, now))
        if _MANY * sum(changed) < len(now):
            return list(compress(before, changed)), list(compress(now, changed))
    was, are = ({id(agent): agent for agent in agents} for agents in (before, now))
    return [was[each] for each in was.keys() - are.keys()], [
        are[each] for each in are.keys() - was.keys()
    ]
