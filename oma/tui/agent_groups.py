"""Agents in their order, below the headings of their groups, as they come and go. Pure.

A group stands where its first agent would stand alone: those that need a user first, and of them who
waits longest.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain
from operator import itemgetter

import attrs

from oma.model.attention import ORDER
from oma.model.state import AgentState
from oma.tui.grouping import Entry, Grouping, Heading, group_of, heading_text, project_texts
from oma.tui.ordering import Rank

Ranked = list[tuple[Rank, AgentState]]


@attrs.define
class _Group:
    """The agents of one group, in their order."""

    ranks: list[Rank] = attrs.Factory(list)
    agents: list[AgentState] = attrs.Factory(list)
    needs: Counter[tuple[bool, int]] = attrs.Factory(Counter)
    """How many need a user how much, by the first parts of `Attention`."""

    def put(self, ranked: Ranked) -> None:
        self.needs.update(rank[2][:2] for rank, _ in ranked)
        if not self.agents:
            in_order = sorted(ranked, key=itemgetter(0))
            self.ranks, self.agents = [r for r, _ in in_order], [a for _, a in in_order]
            return
        for rank, agent in ranked:
            at = bisect_right(self.ranks, rank)
            self.ranks.insert(at, rank)
            self.agents.insert(at, agent)

    def give_places(self, gone: Ranked, new: Ranked) -> Ranked:
        """Give the places of agents to those of `new` that have their ranks; return the others of `new`."""
        waiting: dict[Rank, list[AgentState]] = {}
        for rank, agent in new:
            waiting.setdefault(rank, []).append(agent)
        for rank, agent in gone:
            at = self._index(rank, agent)
            if others := waiting.get(rank):
                self.agents[at] = others.pop(0)
            else:
                self.needs[rank[2][:2]] -= 1
                del self.ranks[at], self.agents[at]
        return [(rank, agent) for rank, agents in waiting.items() for agent in agents]

    def replace(self, rank: Rank, gone: AgentState, new: AgentState) -> None:
        self.agents[self._index(rank, gone)] = new

    def _index(self, rank: Rank, agent: AgentState) -> int:
        at = bisect_left(self.ranks, rank)
        while self.agents[at] is not agent:
            at += 1
        return at

    def heading(self, text: str) -> Heading:
        _, worst = min(need for need, count in self.needs.items() if count)
        return Heading(text, len(self.agents), ORDER[worst])


@attrs.define
class AgentGroups:
    """All agents that are listed.

    Args:
        fits: Says who is listed.
        rank: What they are sorted by.
        grouping: What they are grouped by.
    """

    fits: Callable[[AgentState], bool]
    rank: Callable[[AgentState], Rank]
    grouping: Grouping
    _groups: dict[str, _Group] = attrs.Factory(dict)
    _places: dict[int, tuple[str, Rank]] = attrs.Factory(dict)
    """The group and the rank of each that is listed, by the identity of its value."""

    def change(self, gone: Iterable[AgentState], new: Iterable[AgentState]) -> None:
        """List agents no more that were listed, and list others, as far as they fit."""
        coming: dict[str, Ranked] = {}
        going: dict[str, Ranked] = {}
        for agent in gone:
            if (place := self._places.pop(id(agent), None)) is not None:
                going.setdefault(place[0], []).append((place[1], agent))
        for agent in filter(self.fits, new):
            key, rank = self._places[id(agent)] = group_of(agent, self.grouping), self.rank(agent)
            coming.setdefault(key, []).append((rank, agent))
        for key, ranked in going.items():
            coming[key] = self._groups[key].give_places(ranked, coming.get(key, []))
            if not self._groups[key].agents:
                del self._groups[key]
        for key, ranked in coming.items():
            if ranked:
                self._groups.setdefault(key, _Group()).put(ranked)

    def replace(self, pairs: Iterable[tuple[AgentState, AgentState]]) -> None:
        """List agents in the places of others, of which they have the rank, the group and what a filter asks for."""
        for gone, new in pairs:
            if (place := self._places.pop(id(gone), None)) is not None:
                self._places[id(new)] = place
                self._groups[place[0]].replace(place[1], gone, new)

    def listed(self) -> tuple[tuple[Entry, ...], tuple[AgentState, ...]]:
        """Return what is listed, and the agents among it."""
        if self.grouping is Grouping.NONE:  # one group, of thousands perhaps
            listed = tuple(chain.from_iterable(group.agents for group in self._groups.values()))
            return listed, listed
        groups = sorted(self._groups.items(), key=lambda each: each[1].ranks[0])
        texts = project_texts(self._groups) if self.grouping is Grouping.PROJECT else {}
        entries: list[Entry] = []
        agents: list[AgentState] = []
        for key, group in groups:
            agents += group.agents
            text = texts.get(key) or heading_text(group.agents[0], self.grouping)
            entries.append(group.heading(text))
            entries += group.agents
        return tuple(entries), tuple(agents)
