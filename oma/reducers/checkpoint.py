"""A checkpoint: all that a fold knows at one moment, as events that another fold begins with.

What follows it then means the same to both: the same agents, verdicts, screens and moments.
"""

import math
from collections.abc import Iterable, Iterator, Mapping

import attrs

from oma.model import events
from oma.model.attention import is_worth_telling
from oma.model.health import Transition, Verdict
from oma.model.ids import AgentId, PaneId, SessionId
from oma.model.standing import AgentsStand, StandingAgent, WatchBegan
from oma.reducers.agent import AgentFold
from oma.reducers.agent_state import place_now
from oma.reducers.memory import memory_of, take_back
from oma.reducers.memory_kinds import MemoryMismatchError
from oma.reducers.pane import PaneFold
from oma.reducers.roster import Roster
from oma.reducers.rules import Rules


def checkpoint(roster: Roster, tmux: str | None, t: float) -> list[events.Event]:
    """Return how things stand at `t`; time must have been advanced to it. Changes nothing.

    Args:
        roster: The agents.
        tmux: The version of the server; `None` where there is none.
        t: The moment.
    """
    agents = list(roster.agents.values())
    told: list[events.Event] = [WatchBegan(restored=True)]
    if tmux is not None:
        told.append(events.ServerConnected(tmux))
    told += roster.sessions.values()
    found = dict(roster.found_agents)
    found |= {a.found.pane: a.found for a in agents if a.found is not None}
    told += found.values()
    for agent in agents:
        for pane in agent.panes.values():
            told += _pane(pane, agent, t)
    samples = (pane.sample for agent in agents for pane in agent.panes.values())
    told.append(events.ProcessesSampled(tuple(s for s in samples if s is not None)))
    told.append(AgentsStand(tuple(_agent(agent, t) for agent in agents)))
    return told


def _pane(pane: PaneFold, agent: AgentFold, t: float) -> Iterator[events.Event]:
    idle_s = round(t - agent.active_s, 6) if math.isfinite(agent.active_s) else None
    yield attrs.evolve(pane.seen, idle_s=idle_s)
    if pane.checkout is not None:
        yield pane.checkout
    shown, screen = pane.snapshot(), pane.screen
    if shown is None or screen is None:
        return
    column, row = screen.cursor
    yield events.PaneCaptured(
        pane=pane.seen.pane,
        columns=shown.columns,
        rows=shown.rows,
        cursor_column=column,
        cursor_row=row,
        alternate=screen.alternate,
        data=shown.data,
        exact=True,
    )
    if shown.pending:
        yield events.PaneOutput(pane.seen.pane, shown.pending)


def _agent(agent: AgentFold, t: float) -> StandingAgent:
    verdict = agent.told
    return StandingAgent(
        agent=agent.id,
        session=agent.session,
        session_name=agent.session_name,
        name=agent.name,
        panes=tuple(agent.panes),
        health=None if verdict is None else str(verdict.health),
        reason="" if verdict is None else verdict.reason,
        rule="" if verdict is None else verdict.rule,
        evidence="" if verdict is None else verdict.evidence,
        since_s=None if verdict is None else round(t - verdict.since_s, 6),
        memory=memory_of(agent, t),
    )


@attrs.define
class Restoring:
    """Takes the events of a checkpoint; the last one gives the agents.

    Args:
        rules: What they are judged by.
    """

    rules: Rules
    _sessions: dict[SessionId, events.SessionOpened] = attrs.Factory(dict)
    _found: dict[PaneId, events.AgentFound] = attrs.Factory(dict)
    _panes: dict[PaneId, PaneFold] = attrs.Factory(dict)

    def take(self, t: float, event: events.Event) -> None:
        """Take what was said of a session or a pane."""
        match event:
            case events.SessionOpened(session):
                self._sessions[session] = event
            case events.AgentFound(pane):
                self._found[pane] = event
            case events.PaneSeen(pane):
                self._panes[pane] = PaneFold(seen=event, title=event.title)
            case events.ProcessesSampled(samples):
                self._sampled(samples)
            case events.CheckoutSeen() | events.PaneCaptured() | events.PaneOutput():
                if event.pane in self._panes:
                    _show(self._panes[event.pane], t, event)
            case _:
                pass  # nothing stands by it

    def _sampled(self, samples: Iterable[events.ProcessSample]) -> None:
        for sample in samples:
            if sample.pane in self._panes:
                self._panes[sample.pane].sample = sample

    def finish(
        self, t: float, event: AgentsStand, before: Mapping[tuple[AgentId, str], Verdict]
    ) -> Roster:
        """Return the agents as they stood; `before` is that of the roster."""
        roster = Roster(
            self.rules, before=before, sessions=self._sessions, found_agents=self._found
        )
        for standing in event.agents:
            agent = self._agent(t, standing)
            roster.agents[agent.id] = agent
            roster.owner |= dict.fromkeys(agent.panes, agent)
        return roster

    def _agent(self, t: float, standing: StandingAgent) -> AgentFold:
        try:
            agent = self._made(standing, t)
            take_back(agent, standing.memory, t)
        except MemoryMismatchError:
            agent = self._made(standing, t)  # what the other one remembers may be half of it
            agent.published = None
            for pane in agent.panes.values():
                agent.seen(t, pane.seen)
        return agent

    def _made(self, standing: StandingAgent, t: float) -> AgentFold:
        agent = AgentFold(
            standing.agent,
            standing.session,
            standing.session_name,
            self.rules,
            t,
            name=standing.name,
        )
        agent.panes = {p: self._panes[p] for p in standing.panes if p in self._panes}
        found = standing.memory.get("found")
        if isinstance(found, str) and PaneId(found) in agent.panes:
            agent.found = self._found.get(PaneId(found))
        return agent


def _show(
    pane: PaneFold,
    t: float,
    event: events.CheckoutSeen | events.PaneCaptured | events.PaneOutput,
) -> None:
    match event:
        case events.CheckoutSeen():
            pane.checkout = event
        case events.PaneCaptured():
            pane.captured(t, event)
        case events.PaneOutput():
            pane.output(t, event.data)


def told_anew(roster: Roster, t: float, seq: int) -> list[Transition]:
    """Return what is to be told at `t`, after record `seq`, of agents that stand: what was not before."""
    told = []
    for agent in roster.in_order():
        verdict, known = agent.told, roster.before.get((agent.id, agent.session_name))
        if verdict is not None and is_worth_telling(known, verdict):
            source = None if known is None else known.health
            place = place_now(agent)
            told.append(Transition(t, seq, agent.name, source, verdict, agent.id, place))
    return told
