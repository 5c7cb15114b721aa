"""Facts, wishes and policy to a plan: total, deterministic, without I/O and without a clock.

The laws: no pane ever below its minimum; the main pane is never closed and never replaced; nobody
waits while there is room; no plan undoes one before it; a change that concerns no pane of ours
moves nothing.
"""

from collections.abc import Sequence

import attrs

from oma.model.ids import PaneId, SessionId
from oma.model.layout import Axis, Cell, Leaf
from oma.placement.cells import (
    panes,
    places,
    prune,
    with_title_row,
    without_title_row,
)
from oma.placement.facts import Facts, Tile, TitleRow, Wanted
from oma.placement.geometry import Room, arrange, fill, found_columns, room
from oma.placement.plan import NEW_PANE, Action, Decision, Plan, Spawn, Step
from oma.placement.policy import Arrangement, Policy, WhenFull

PROGRAM = "a program that the person started"


def decide(facts: Facts, wanted: Sequence[Wanted], policy: Policy) -> Plan:
    """Return what becomes of every agent in `wanted`, and the next step.

    Agents in `wanted` come in the order in which they started; a tile of an agent that is not in
    it goes.
    """
    if facts.zoomed:
        return Plan(_while_zoomed(facts, wanted), None)
    space = window_room(facts, policy)
    draft = _Draft(facts, wanted, policy, space)
    draft.settle_tiles()
    draft.settle_newcomers()
    return Plan(tuple(draft.decisions), draft.step())


def window_room(facts: Facts, policy: Policy) -> Room:
    """Return the room of the window under this policy, counted in the window's real cells."""
    net = without_title_row(facts.tree, facts.title_row)
    main_side = prune(net, {tile.pane for tile in facts.tiles}) or net
    return room(main_side, facts.main, net.columns, net.rows, policy)


def _while_zoomed(facts: Facts, wanted: Sequence[Wanted]) -> tuple[Decision, ...]:
    shown = {tile.session: tile.pane for tile in facts.tiles}
    return tuple(
        Decision(Action.KEEP, agent.session, shown[agent.session], "the window is zoomed")
        if agent.session in shown
        else Decision(Action.SKIP, agent.session, None, agent.refused)
        if agent.refused is not None
        else Decision(Action.DEFER, agent.session, None, "the window is zoomed")
        for agent in wanted
    )


@attrs.define
class _Draft:
    """A plan in the making."""

    facts: Facts
    wanted: Sequence[Wanted]
    policy: Policy
    space: Room
    decisions: list[Decision] = attrs.Factory(list)
    _kept: list[Tile] = attrs.Factory(list)
    _closing: list[PaneId] = attrs.Factory(list)
    _joining: list[SessionId] = attrs.Factory(list)
    _replaced: list[PaneId] = attrs.Factory(list)
    """Their places go to the first of those that join, in order."""

    def settle_tiles(self) -> None:
        """Decide on the panes that there are."""
        agents = {agent.session: agent for agent in self.wanted}
        shown: set[SessionId | None] = set()
        for tile in self.facts.tiles:
            reason = self._reason_to_close(tile, agents, shown)
            if reason is None:
                self._kept.append(tile)
                shown.add(tile.session)
            else:
                self._close(tile, reason)
        while len(self._kept) > self.space.capacity:
            victim = self._least_missed(agents)
            if victim is None:
                break
            self._kept.remove(victim)
            self._close(victim, f"no room: {self._size()}")
        for tile in self._kept:
            reason = PROGRAM if tile.session is None else "its agent is shown"
            self.decisions.append(Decision(Action.KEEP, tile.session, tile.pane, reason))

    def settle_newcomers(self) -> None:
        """Decide on the agents without a pane: the longest waiting first, then the new ones."""
        shown = {tile.session for tile in self.facts.tiles}
        agents = {agent.session: agent for agent in self.wanted}
        waiting = [agent for agent in self.wanted if agent.session not in shown]
        waiting.sort(key=lambda agent: -1.0 if agent.waited_s is None else agent.waited_s, reverse=True)
        deferred = 0
        for agent in waiting:
            refusal = self._refusal(agent)
            if refusal is not None:
                self._decide(Action.SKIP, agent, refusal)
            elif len(self._kept) + len(self._joining) < self.space.capacity:
                self._joining.append(agent.session)
                self._decide(Action.SPAWN, agent, f"there is room: {self._size()}")
            elif (victim := self._replaceable(agent, agents)) is not None:
                self._replace(agent, victim, agents)
            elif agent.waited_s is not None and agent.waited_s >= self.policy.defer_s:
                self._decide(Action.SKIP, agent, f"waited {self.policy.defer_s:g} s for room")
            elif deferred >= self.policy.defer_limit:
                self._decide(Action.SKIP, agent, f"{deferred} agents wait for room already")
            else:
                deferred += 1
                self._decide(Action.DEFER, agent, f"no room: {self._size()}")

    def step(self) -> Step | None:
        """Return the first step: everything that closes, and one pane that opens."""
        spawn = self._joining[0] if self._joining else None
        columns = self._columns(spawn)
        tree = with_title_row(arrange(columns, self.space), self.facts.title_row)
        order = panes(tree)
        if not self._closing and spawn is None:
            if self._is_settled() or tree == self.facts.tree:
                return None
        return Step(
            close=tuple(self._closing),
            spawn=None if spawn is None else self._spawn(spawn, order),
            order=order,
            tree=tree,
        )

    # ---------------------------------------------------------------- tiles

    def _reason_to_close(
        self, tile: Tile, agents: dict[SessionId, Wanted], shown: set[SessionId | None]
    ) -> str | None:
        if tile.session is None:
            return None
        agent = agents.get(tile.session)
        if agent is None:
            return "its agent has ended"
        if not self.policy.enabled:
            return "tiling is off"
        if agent.refused is not None:
            return agent.refused
        return "its agent is shown twice" if tile.session in shown else None

    def _least_missed(self, agents: dict[SessionId, Wanted]) -> Tile | None:
        """Return the pane to give up when the window has shrunk: an ended agent's, else by policy."""
        shown = [tile for tile in self._kept if tile.session is not None]
        if not shown:
            return None
        for tile in shown:
            if tile.session is not None and agents[tile.session].ended:
                return tile
        return shown[0 if self.policy.when_full is WhenFull.REPLACE else -1]

    def _close(self, tile: Tile, reason: str) -> None:
        self._closing.append(tile.pane)
        self.decisions.append(Decision(Action.CLOSE, tile.session, tile.pane, reason))

    # ------------------------------------------------------------ newcomers

    def _refusal(self, agent: Wanted) -> str | None:
        if not self.policy.enabled:
            return "tiling is off"
        if agent.refused is not None:
            return agent.refused
        if agent.session in self.facts.home:
            return "this window is its own"
        return "it had ended before it got a pane" if agent.ended else None

    def _replaceable(self, agent: Wanted, agents: dict[SessionId, Wanted]) -> Tile | None:
        """Return the oldest pane whose place the agent takes; never that of a program."""
        shown = [
            tile
            for tile in self._kept
            if tile.session is not None and tile.pane not in self._replaced
        ]
        for tile in shown:
            if tile.session is not None and agents[tile.session].ended:
                return tile
        # One that was replaced waits, and is not new: nobody takes his place back.
        if self.policy.when_full is WhenFull.DEFER or agent.waited_s is not None:
            return None
        return next((tile for tile in shown if tile.pane != self.facts.active), None)

    def _replace(self, agent: Wanted, victim: Tile, agents: dict[SessionId, Wanted]) -> None:
        self._replaced.append(victim.pane)
        ended = victim.session is not None and agents[victim.session].ended
        reason = "its agent has ended" if ended else "it is the oldest"
        self.decisions = [each for each in self.decisions if each.pane != victim.pane]
        self.decisions.append(
            Decision(Action.REPLACE, agent.session, victim.pane, f"no room, and {reason}")
        )

    def _decide(self, action: Action, agent: Wanted, reason: str) -> None:
        self.decisions.append(Decision(action, agent.session, None, reason))

    # ------------------------------------------------------------- the step

    def _is_settled(self) -> bool:
        """Say whether the panes that we arranged last are there, each with room enough."""
        facts, policy = self.facts, self.policy
        tiles = {tile.pane for tile in facts.tiles}
        if facts.arranged != tiles:
            return False
        net = list(places(without_title_row(facts.tree, facts.title_row)))
        ours = [place for place in net if place.leaf.pane in tiles]
        if not ours:
            return True
        if policy.arrangement is Arrangement.HORIZONTAL:
            main_fits = min(place.top for place in ours) > policy.min_rows
        else:
            main_fits = min(place.left for place in ours) > policy.main_min_columns
        return main_fits and all(
            place.leaf.columns >= policy.agent_min_columns and place.leaf.rows >= policy.min_rows
            for place in ours
        )
'''
