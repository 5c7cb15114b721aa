"""Facts, wishes and policy to a plan: total, deterministic, without I/O and without a clock.

The laws: no pane ever below its minimum; the main pane is never closed and never replaced; nobody
waits while there is room; no plan undoes one before it; a change that concerns no pane of ours
moves nothing.
"""

from collections.abc import Sequence

import attrs

from oma.model.ids import AgentId, PaneId
from oma.placement.cell_tree import prune, without_title_row
from oma.placement.facts import Facts, Tile, Wanted
from oma.placement.geometry import Room, room
from oma.placement.plan import Action, Decision, Plan
from oma.placement.policy import Policy, WhenFull
from oma.placement.steps import Joining, next_step

PROGRAM = "the user started a program in it"
ZOOMED = "the window is zoomed"
OWN_WINDOW = "this window is its own"


def decide(facts: Facts, wanted: Sequence[Wanted], policy: Policy, programs: int = 0) -> Plan:
    """Return what becomes of every agent in `wanted`, and the next step.

    A tile of an agent that is not in `wanted` goes.

    Args:
        facts: The window, which holds its main pane.
        wanted: The agents, in the order in which they started.
        policy: The user's wishes.
        programs: How many programs the user wants to start in panes of their own.
    """
    if facts.zoomed:
        return Plan(tuple(_while_zoomed(facts, wanted)), None)
    space = window_room(facts, policy)
    draft = _Draft(facts, {agent.id: agent for agent in wanted}, policy, space)
    draft.settle_tiles()
    draft.settle_programs(programs)
    draft.settle_newcomers()
    return Plan(tuple(draft.decisions), next_step(facts, space, draft.closing, draft.joining))


def window_room(facts: Facts, policy: Policy) -> Room:
    """Return the room of the window under this policy, counted in the window's real cells."""
    net = without_title_row(facts.tree, facts.title_row)
    main_side = prune(net, {tile.pane for tile in facts.tiles}) or net
    # Programs on the alternate screen have no scrollbar, and its columns as well: but not for good.
    policy = attrs.evolve(
        policy,
        main_min_columns=policy.main_min_columns + facts.bar_columns,
        agent_min_columns=policy.agent_min_columns + facts.bar_columns,
    )
    return room(main_side, facts.main, net.columns, net.rows, policy)


def _while_zoomed(facts: Facts, wanted: Sequence[Wanted]) -> list[Decision]:
    shown = {tile.agent: tile.pane for tile in facts.tiles}
    decisions = []
    for agent in wanted:
        if agent.id in shown:
            decision = Decision(Action.KEEP, agent.id, shown[agent.id], ZOOMED)
        elif agent.refused is not None:
            decision = Decision(Action.SKIP, agent.id, None, agent.refused)
        else:
            decision = Decision(Action.DEFER, agent.id, None, ZOOMED)
        decisions.append(decision)
    return decisions


@attrs.define
class _Draft:
    """A plan in the making."""

    facts: Facts
    agents: dict[AgentId, Wanted]
    policy: Policy
    space: Room
    decisions: list[Decision] = attrs.Factory(list)
    closing: list[PaneId] = attrs.Factory(list)
    joining: list[Joining] = attrs.Factory(list)
    _kept: list[Tile] = attrs.Factory(list)
    _opening: int = 0
    """How many more panes there will be."""

    def settle_tiles(self) -> None:
        """Decide on the panes that there are."""
        shown: set[AgentId] = set()
        for tile in self.facts.tiles:
            reason = self._reason_to_close(tile, shown)
            if reason is not None:
                self.closing.append(tile.pane)
                self._decide(Action.CLOSE, tile.agent, tile.pane, reason)
                continue
            self._kept.append(tile)
            if tile.agent is not None:
                shown.add(tile.agent)
        while len(self._kept) > self.space.capacity and (victim := self._least_missed()):
            self._kept.remove(victim)
            self.closing.append(victim.pane)
            self._decide(Action.DEFER, victim.agent, victim.pane, self._no_room())
        for tile in self._kept:
            reason = PROGRAM if tile.agent is None else "its agent is shown"
            self._decide(Action.KEEP, tile.agent, tile.pane, reason)

    def settle_programs(self, count: int) -> None:
        """Decide on the programs that the user wants to start."""
        for _ in range(count):
            if len(self._kept) + self._opening < self.space.capacity:
                self._opening += 1
                self.joining.append(Joining(None))
                self._decide(Action.SPAWN, None, None, self._some_room())
            else:
                self._decide(Action.SKIP, None, None, self._no_room())

    def settle_newcomers(self) -> None:
        """Decide on the agents without a pane: the longest waiting first, then the new ones."""
        shown = {tile.agent for tile in self.facts.tiles}
        agents = [agent for agent in self.agents.values() if agent.id not in shown]
        agents.sort(key=lambda agent: 1.0 if agent.waited_s is None else -agent.waited_s)
        waiting = sum(decision.action is Action.DEFER for decision in self.decisions)
        for agent in agents:
            refusal = self._refusal(agent)
            if refusal is not None:
                self._decide(Action.SKIP, agent.id, None, refusal)
            elif len(self._kept) + self._opening < self.space.capacity:
                self._opening += 1
                self.joining.append(Joining(agent.id))
                self._decide(Action.SPAWN, agent.id, None, self._some_room())
            elif (victim := self._replaceable(agent)) is not None:
                self._replace(agent, victim)
            elif agent.waited_s is not None and agent.waited_s >= self.policy.defer_s:
                waited = f"it waited {self.policy.defer_s:g} s for room"
                self._decide(Action.DROP, agent.id, None, waited)
            elif waiting >= self.policy.defer_limit:
                full = f"{waiting} agents wait for room already"
                self._decide(Action.DROP, agent.id, None, full)
            else:
                waiting += 1
                self._decide(Action.DEFER, agent.id, None, self._no_room())

    def _reason_to_close(self, tile: Tile, shown: set[AgentId]) -> str | None:
        if tile.dead:
            return "what it showed has ended"
        if tile.agent is None:
            return None
        agent = self.agents.get(tile.agent)
        if agent is None:
            return "its agent has ended"
        if not self.policy.enabled:
            return "tiling is off"
        if agent.refused is not None:
            return agent.refused
        if tile.agent in self.facts.home:
            return OWN_WINDOW
        return "its agent is shown twice" if tile.agent in shown else None

    def _least_missed(self) -> Tile | None:
        """Return the pane to give up where not all fit any more; never one of a program."""
        ended = self._oldest_ended()
        if ended is not None:
            return ended
        shown = [tile for tile in self._kept if tile.agent is not None]
        if not shown:
            return None
        return shown[0 if self.policy.when_full is WhenFull.REPLACE else -1]

    def _oldest_ended(self) -> Tile | None:
        for tile in self._kept:
            if tile.agent is not None and self.agents[tile.agent].ended:
                return tile
        return None

    def _refusal(self, agent: Wanted) -> str | None:
        if not self.policy.enabled:
            return "tiling is off"
        if agent.refused is not None:
            return agent.refused
        if agent.id in self.facts.home:
            return OWN_WINDOW
        return "it ended before it got a pane" if agent.ended else None

    def _replaceable(self, agent: Wanted) -> Tile | None:
        """Return the oldest pane whose place the agent may take; never one of a program."""
        ended = self._oldest_ended()
        # Who waits is not new: an agent that was replaced does not take its place back.
        if ended is not None or self.policy.when_full is WhenFull.DEFER:
            return ended
        if agent.waited_s is not None:
            return None
        for tile in self._kept:
            if tile.agent is not None and tile.pane != self.facts.active:
                return tile
        return None

    def _replace(self, agent: Wanted, victim: Tile) -> None:
        self._kept.remove(victim)
        self._opening += 1
        self.joining.append(Joining(agent.id, victim.pane))
        self.decisions = [d for d in self.decisions if d.pane != victim.pane]
        if victim.agent is not None and self.agents[victim.agent].ended:
            self._decide(Action.CLOSE, victim.agent, victim.pane, "its agent has ended")
            why = "no room, but a pane whose agent has ended"
        else:
            why = "no room, and the pane is the oldest"
            self._decide(Action.DEFER, victim.agent, victim.pane, "a new agent takes its place")
        self._decide(Action.REPLACE, agent.id, victim.pane, why)

    def _decide(
        self, action: Action, agent: AgentId | None, pane: PaneId | None, reason: str
    ) -> None:
        self.decisions.append(Decision(action, agent, pane, reason))

    def _some_room(self) -> str:
        return f"there is room for {self.space.capacity}"

    def _no_room(self) -> str:
        size = f"{self.space.columns}x{self.space.rows}"
        capacity = self.space.capacity
        if capacity == 0:
            return f"a window of {size} holds no agent pane beside the main pane"
        return f"a window of {size} holds {capacity} agent pane{'s' if capacity > 1 else ''}"
