"""One round of tiling: look, decide, do one step, and again, until the window is as it is to be.

Every decision that changes something, or that a user may ask about, is logged when it is done,
and a refusal of tmux ends the round: the next one begins when something has happened.
"""

import math
from collections.abc import Callable
from pathlib import Path

import attrs

from oma.model.events import PlacementDecided
from oma.model.health import Health
from oma.model.ids import AgentId, PaneId, SessionId, WindowId, split_agent_id
from oma.model.layout import Cell
from oma.model.state import AgentState
from oma.placement.cell_tree import panes, places
from oma.placement.decide import decide
from oma.placement.facts import Tile, Wanted
from oma.placement.plan import NEW_PANE, Action, Plan, Step
from oma.placement.policy import Policy
from oma.placement.waiting import CLOSED_BY_HAND, MOVED_BY_HAND, Waiting
from oma.runtime.display.decision_log import DecisionLog
from oma.runtime.display.owned_panes import NotDone
from oma.runtime.display.tiled_window import Look, TiledWindow
from oma.store.store import Store

MOST_STEPS = 400
"""Of one round; each opens or closes a pane, so that more is a window that never comes to rest."""

AT_ONCE_S = 0.5
"""A pane that vanishes so soon after it was made was not closed by a user."""

ENDED_AT_ONCE = "its view ended as soon as it began"
MAIN_GONE = "the main pane is gone"
NOT_ARRANGED = "tmux did not divide the window as it was asked to"

WhyNot = Callable[[AgentState], str | None]
"""Why an agent is not to be shown, in a clause without hostile text; `None` where it is."""

_RESTING = frozenset({Action.DEFER, Action.DROP, Action.SKIP})


@attrs.define
class TilingReconciler:
    """What is remembered from round to round.

    Args:
        socket: Of the server of the agents.
        same_server: The window is on that server, too.
        flags: Of the clients in agent panes.
        store: What is known of agents, and where decisions are logged.
        policy: The user's wishes.
        linger_s: How long the pane of an agent that ended stays.
        exclusion_reason: Says why an agent is not to be shown; `None` where it is.
        journal: Where decisions are kept for `oma why --pane`.
    """

    socket: Path
    same_server: bool
    flags: str
    store: Store
    policy: Policy
    linger_s: float
    exclusion_reason: WhyNot
    journal: DecisionLog | None = None
    dry_run: bool = False
    """Only decide."""
    plan: Plan | None = None
    """The latest."""
    _waiting: Waiting = attrs.Factory(Waiting)
    _unwatchable: dict[SessionId, str] = attrs.Factory(dict)
    _window: WindowId | None = None
    _tiles: dict[PaneId, Tile] = attrs.Factory(dict)
    """At the last look."""
    _made_s: dict[PaneId, float] = attrs.Factory(dict)
    _arranged: frozenset[PaneId] | None = None
    _logged: dict[AgentId, tuple[str, str]] = attrs.Factory(dict)
    _linger_until_s: float = math.inf

    def set_policy(self, policy: Policy) -> None:
        """Tile by another policy from now on; who was refused gets another chance."""
        self.policy = policy
        self._arranged = None
        self._waiting.forgive()

    def refuse(self, session: SessionId, reason: str) -> None:
        """Never show the agents of this session."""
        self._unwatchable[session] = reason

    def patience_s(self) -> float:
        """Return how long the window may rest if nothing happens; infinite when for ever."""
        due_s = min(self._linger_until_s, self._waiting.next_expiry_s(self.policy.defer_s))
        return max(0.0, due_s - self.store.clock())

    async def run(self, window: TiledWindow) -> bool:
        """Do a round; return whether the main pane is still there.

        Raises:
            CommandError: tmux does not answer.
        """
        for _ in range(MOST_STEPS):
            look = await window.look()
            if look is None:
                for tile in () if self.dry_run else await window.close_orphans():
                    self._log(Action.CLOSE, tile.agent, tile.pane, MAIN_GONE)
                return False
            self._window = look.facts.window
            self._notice(look)
            # Ids of another server say nothing of the agents: they only look like theirs.
            home = look.facts.home if self.same_server else frozenset[AgentId]()
            facts = attrs.evolve(look.facts, arranged=self._arranged, home=home)
            plan = self.plan = decide(facts, self._wanted(look), self.policy)
            if self.dry_run:
                break
            self._waiting.note(plan.decisions, self.store.clock())
            self._log_resting(plan)
            if plan.step is None or not await self._do(window, look, plan, plan.step):
                break
        return True

    async def _do(self, window: TiledWindow, look: Look, plan: Plan, step: Step) -> bool:
        """Do a step; return whether there may be another one."""
        done = await window.carry_out(look, step)
        agent = None if step.spawn is None else step.spawn.agent
        if isinstance(done, NotDone):
            if done.refusal is not None:
                self._log_once("refused", agent, done.refusal)
            return done.refusal is None
        for pane in step.close:
            self._tiles.pop(pane, None)
        if done.pane is not None:
            self._tiles[done.pane] = Tile(done.pane, agent)
            self._made_s[done.pane] = self.store.clock()
        self._arranged = None if step.tree is None else frozenset(self._tiles)
        self._log_done(plan, step, done.pane)
        return await self._is_divided(window, look, step, done.pane)

    async def _is_divided(
        self, window: TiledWindow, look: Look, step: Step, new: PaneId | None
    ) -> bool:
        """Say whether the window is as the step wanted it, or has changed since by other hands."""
        after = await window.look()
        if after is None or step.tree is None:
            return True
        is_same_window = after.row.size == look.row.size and set(panes(after.facts.tree)) == {
            *panes(step.tree),
            new,
        } - {NEW_PANE, None}
        if is_same_window and _shape(after.facts.tree) != _shape(step.tree):
            self._log_once("refused", None, NOT_ARRANGED)
            return False
        return True

    # ------------------------------------------------------------ what is known

    def _notice(self, look: Look) -> None:
        """Take what the user did to our panes; update what is known of them."""
        tiles = {tile.pane: tile for tile in look.facts.tiles}
        moved = {tile.pane: tile for tile in look.elsewhere}
        for tile in moved.values():
            if tile.agent is not None and tile.pane not in self._tiles:
                self._waiting.refuse(tile.agent, MOVED_BY_HAND)
        shown = {tile.agent for tile in tiles.values() if not tile.dead}
        for pane, tile in self._tiles.items():
            if pane not in tiles:
                self._lost(tile, look, is_moved=pane in moved, is_shown=tile.agent in shown)
            elif tiles[pane].dead and tile.agent is not None and self._lives(tile.agent, look):
                self._waiting.refuse(tile.agent, CLOSED_BY_HAND)
        self._tiles = tiles
        self._made_s = {pane: s for pane, s in self._made_s.items() if pane in tiles}
        living = [agent.id for agent in self.store.state.agents if not agent.gone]
        self._waiting.forget_but(living)
        self._logged = {agent: s for agent, s in self._logged.items() if agent in living}

    def _lost(self, tile: Tile, look: Look, *, is_moved: bool, is_shown: bool) -> None:
        """Take that a pane went without us, and log why."""
        if tile.agent is None:
            self._log(Action.CLOSE, None, tile.pane, "its program has ended")
        elif not self._lives(tile.agent, look):
            self._log(Action.CLOSE, tile.agent, tile.pane, "its agent has ended")
        elif not is_shown:
            age_s = self.store.clock() - self._made_s.get(tile.pane, -math.inf)
            reason = MOVED_BY_HAND if is_moved else CLOSED_BY_HAND
            reason = ENDED_AT_ONCE if age_s < AT_ONCE_S and not is_moved else reason
            self._waiting.refuse(tile.agent, reason)
            self._log(Action.SKIP, tile.agent, tile.pane, reason)
            self._logged[tile.agent] = (Action.SKIP, reason)

    def _lives(self, agent_id: AgentId, look: Look) -> bool:
        if self.same_server:
            return agent_id in look.living
        agent = self.store.state.agent(agent_id)
        return agent is not None and not agent.gone

    def _wanted(self, look: Look) -> tuple[Wanted, ...]:
        now_s = self.store.clock()
        shown = {tile.agent for tile in look.facts.tiles}
        self._linger_until_s = math.inf
        wanted = []
        for agent in self.store.state.agents:
            if agent.gone or not self._lives(agent.id, look):
                continue
            unasked = self.exclusion_reason(agent)
            if unasked is not None and agent.id not in shown:
                continue
            refused = unasked or self._unwatchable.get(agent.session)
            ended = agent.verdict.health is Health.EXITED
            if ended:
                until_s = agent.verdict.since_s + self.linger_s
                if agent.id not in shown or until_s <= now_s:
                    continue
                self._linger_until_s = min(self._linger_until_s, until_s)
            wish = Wanted(agent.id, ended, refused=refused)
            wanted.append(self._waiting.wanted(wish, now_s))
        return tuple(wanted)

    # ----------------------------------------------------------------- the log

    def _log_resting(self, plan: Plan) -> None:
        """Log what became of the agents that nothing is done about."""
        for decision in plan.decisions if self.policy.enabled else ():
            if decision.agent is None:
                continue
            if decision.action is Action.KEEP:
                self._logged.pop(decision.agent, None)
            elif decision.pane is None and decision.action in _RESTING:
                self._log_once(decision.action, decision.agent, decision.reason)

    def _log_once(self, action: str, agent: AgentId | None, reason: str) -> None:
        # The reason of waiting names the size of the window: that alone is no news.
        news = (action, "" if action == Action.DEFER else reason)
        if agent is None or self._logged.get(agent) != news:
            if agent is not None:
                self._logged[agent] = news
            self._log(action, agent, None, reason)

    def _log_done(self, plan: Plan, step: Step, new: PaneId | None) -> None:
        for decision in plan.decisions:
            opens = decision.action in {Action.SPAWN, Action.REPLACE}
            if opens and step.spawn is not None and decision.agent == step.spawn.agent:
                self._log(decision.action, decision.agent, new, decision.reason)
            elif not opens and decision.pane in step.close:
                self._log(decision.action, decision.agent, decision.pane, decision.reason)
                if decision.agent is not None:
                    self._logged[decision.agent] = (decision.action, "")
        if step.spawn is None and not step.close:
            self._log("settle", None, None, "the panes are arranged anew")

    def _log(self, action: str, agent: AgentId | None, pane: PaneId | None, reason: str) -> None:
        if self._window is not None:
            session, own_pane = split_agent_id(agent)
            event = PlacementDecided(str(action), self._window, session, pane, reason, own_pane)
            self.store.append(event)
            if self.journal is not None:
                state = self.store.state.agent(agent)
                self.journal.note(event, None if state is None else state.name)


def _shape(cell: Cell) -> list[tuple[int, int, int, int]]:
    return [(p.left, p.top, p.leaf.columns, p.leaf.rows) for p in places(cell)]
