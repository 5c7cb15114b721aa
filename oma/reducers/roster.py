"""Which agents there are, and whose a pane is, folded from what tmux says and from what was found.

A session that is an agent is one, with all of its panes but those that are agents of their own. In
it the first pane in which an agent was found speaks for it, and each further one is an agent
besides. Everywhere else an agent is the pane in which one was found, whatever session that is in.
"""

from collections.abc import Mapping

import attrs

from oma.model import events
from oma.model.health import Verdict
from oma.model.ids import AgentId, PaneId, SessionId
from oma.reducers.agent import AgentFold
from oma.reducers.names import Named, choose_names
from oma.reducers.pane import PaneFold
from oma.reducers.rules import Rules


@attrs.define
class Roster:
    """Owner of the agents. What changes them returns those that are to be judged because of it.

    Args:
        rules: What agents are judged by.
    """

    rules: Rules
    agents: dict[AgentId, AgentFold] = attrs.Factory(dict)
    owner: dict[PaneId, AgentFold] = attrs.Factory(dict)
    """Of every pane that is followed."""
    before: Mapping[tuple[AgentId, str], Verdict] = attrs.Factory(dict)
    """What was told before the watch began anew, by agents' ids and the names of their sessions."""
    sessions: dict[SessionId, events.SessionOpened] = attrs.Factory(dict)
    found_agents: dict[PaneId, events.AgentFound] = attrs.Factory(dict)

    def primary_pane(self, agent_id: AgentId) -> PaneFold | None:
        """Return the pane that speaks for an agent; `None` where there is none."""
        agent = self.agents.get(agent_id)
        return None if agent is None else agent.primary_pane

    def begun_anew(self) -> "Roster":
        """Return one without agents, which knows what was told of each that lives, and what was found."""
        alive = [a for a in self.agents.values() if a.gone_s is None]
        told = {(a.id, a.session_name): a.told for a in alive if a.told is not None}
        told = {**self.before, **told}
        return Roster(self.rules, before=told, found_agents={**self.found_agents})

    def in_order(self) -> list[AgentFold]:
        """Return the agents by session, then by pane."""
        return sorted(self.agents.values(), key=order)

    def lost_server(self, t: float) -> list[AgentFold]:
        """Take that the server is gone."""
        self.owner.clear()
        self.sessions.clear()
        self.found_agents.clear()
        self.before = {}  # ids mean nothing to another server
        for agent in (agents := self.in_order()):
            agent.ended(t, "server-gone")
        return agents

    def opened(self, t: float, event: events.SessionOpened) -> list[AgentFold]:
        """Take that a session exists, or that it is no agent as a whole any more."""
        self.sessions[event.session] = event
        known = self.agents.get(AgentId(event.session))
        if event.is_agent and (agent := self._first_in(event.session)) is not None:
            self._become_session(agent, event)
            return [agent]
        if not event.is_agent:
            if known is not None and known.gone_s is None and known.primary_pane is not None:
                self._become_pane(known, known.primary_pane.seen.pane)
                self.renamed(events.SessionRenamed(event.session, event.name))
                return [known]
            return []
        self._leave_panes(known)
        published: Verdict | None = None
        for old in [agent for agent in self.agents.values() if agent.gone_s is not None]:
            if old.is_session and event.session == old.session:
                self.agents.pop(old.id)
            if event.name == old.name:
                self.agents.pop(old.id, None)
                published = old.published  # the same agent, started again
        self._add(
            AgentFold(
                AgentId(event.session),
                event.session,
                event.name,
                self.rules,
                t,
                event.unwatchable,
                published=published,
            )
        )
        return []

    def renamed(self, event: events.SessionRenamed) -> None:
        """Take the new name of a session."""
        known = self.sessions.get(event.session)
        if known is not None:
            self.sessions[event.session] = attrs.evolve(known, name=event.name)
        for agent in self.agents.values():
            if agent.session == event.session and agent.gone_s is None:
                agent.session_name = event.name
                agent.name = event.name if agent.is_session else agent.name
        self.name_all()

    def closed(self, t: float, event: events.SessionClosed) -> list[AgentFold]:
        """Take that a session is gone, or no agent any more."""
        self.sessions.pop(event.session, None)
        ended = [a for a in self.in_order() if a.session == event.session and a.gone_s is None]
        for agent in ended:
            for pane in agent.panes:
                self.owner.pop(pane, None)
                self.found_agents.pop(pane, None)
            if event.renamed is None:
                agent.ended(t, "session-closed")
            else:
                agent.ended(t, "renamed", f"its session is {event.renamed!r} now: no agent's name")
        return ended

    def found(self, t: float, event: events.AgentFound) -> list[AgentFold]:
        """Take that an agent runs in a pane."""
        self.found_agents[event.pane] = event
        agent = self.owner.get(event.pane)
        if agent is None:
            return []
        speaks = agent.found.pane if agent.found is not None else event.pane
        if speaks != event.pane:
            agent = self._split(t, agent, event.pane)
        agent.find(t, event)
        self.name_all()
        return [agent]

    def ended(self, t: float, event: events.AgentEnded) -> list[AgentFold]:
        """Take that nothing of the agent runs in its pane any more."""
        agent = self.owner.get(event.pane)
        if agent is None or agent.found is None or agent.found.pane != event.pane:
            return []
        agent.left_s = t
        return [agent]

    def seen(self, t: float, event: events.PaneSeen) -> list[AgentFold]:
        """Take what tmux says of a pane."""
        agent, left = self.owner.get(event.pane), list[AgentFold]()
        if agent is not None and agent.session != event.session:
            left = self._move(t, agent, event)
        elif (agent := agent or self._newcomer(t, event)) is None:
            return []
        self.owner[event.pane] = agent
        is_new = event.pane not in agent.panes
        agent.seen(t, event)
        if is_new and agent.is_session and event.pane in self.found_agents:
            return self.found(t, self.found_agents[event.pane])
        if not agent.is_session:
            self.name_all()
        return [agent, *left]

    def closed_pane(self, t: float, event: events.PaneClosed) -> list[AgentFold]:
        """Take that a pane is gone."""
        self.found_agents.pop(event.pane, None)
        agent = self.owner.pop(event.pane, None)
        if agent is None:
            return []
        had_agent = agent.found is not None and agent.found.pane == event.pane
        agent.closed(event.pane)
        if had_agent and not agent.panes:
            agent.ended(t, "pane-closed", "its pane is closed")
        return [agent]

    def checked_out(self, event: events.CheckoutSeen) -> None:
        """Take which checkout the directory of a pane is in."""
        agent = self.owner.get(event.pane)
        if agent is not None:
            pane = agent.panes[event.pane]
            if not agent.is_session and pane.checkout is None:
                agent.name = ""  # chosen before its branch was known
            pane.checkout = event
            self.name_all()

    def drop(self, agent: AgentFold) -> None:
        """List an agent no more."""
        self.agents.pop(agent.id, None)
        self._leave_panes(agent)
        self.name_all()

    def _leave_panes(self, agent: AgentFold | None) -> None:
        for pane in agent.panes if agent is not None else ():
            self.owner.pop(pane, None)
            self.found_agents.pop(pane, None)

    def name_all(self) -> None:
        """Give every agent that is a pane the name that is right now."""
        unnamed = [(a, named) for a in self._panes() if (named := self._named(a)) is not None]
        if not unnamed:
            return
        taken = [a.name for a in self.agents.values() if a.is_session and a.gone_s is None]
        names = choose_names([named for _, named in unnamed], taken)
        for (agent, _), (name, every_name) in zip(unnamed, names, strict=True):
            given = agent.found.name if agent.found is not None else ""
            agent.name, agent.names = given or name, every_name

    def _panes(self) -> list[AgentFold]:
        return [a for a in self.in_order() if not a.is_session and a.gone_s is None]

    def _named(self, agent: AgentFold) -> Named | None:
        pane = agent.primary_pane
        if agent.is_session or pane is None or agent.judge is None:
            return None
        session = self.sessions.get(agent.session)
        return Named(
            session_name=agent.session_name,
            seen=pane.seen,
            title=pane.title,
            branch=pane.project_and_branch[1],
            profile=agent.judge.profile.name,
            in_own_session=session is not None and session.is_agent,
            name=agent.name,
        )

    def _newcomer(self, t: float, event: events.PaneSeen) -> AgentFold | None:
        """Return the agent that a pane is from now on, or that it belongs to."""
        session = self.sessions.get(event.session)
        whole = self.agents.get(AgentId(event.session))
        found = self.found_agents.get(event.pane)
        if whole is not None and whole.gone_s is None:
            return whole
        if found is None or session is None:
            return None
        agent = AgentFold(
            AgentId(event.pane),
            event.session,
            session.name,
            self.rules,
            t,
            session.unwatchable,
            found=found,
        )
        return self._add(agent)

    def _move(self, t: float, agent: AgentFold, event: events.PaneSeen) -> list[AgentFold]:
        """Take that a pane is in another session; return the agent of those that stay where they are."""
        before, now = self.sessions.get(agent.session), self.sessions.get(event.session)
        agent.session = event.session
        agent.session_name = "" if now is None else now.name
        if agent.is_session:
            staying = [fold for pane, fold in agent.panes.items() if pane != event.pane]
            self._become_pane(agent, event.pane)
            if staying and before is not None:
                self.opened(t, before)
                rest = self.agents[AgentId(before.session)]
                for fold in staying:
                    self.owner[fold.seen.pane] = rest
                    rest.panes[fold.seen.pane] = fold
                    rest.seen(t, attrs.evolve(fold.seen, idle_s=None))
                return [rest]
        return []

    def _become_pane(self, agent: AgentFold, pane: PaneId) -> None:
        """Make an agent that was a session the agent of one of its panes."""
        for other in [each for each in agent.panes if each != pane]:
            del self.owner[other], agent.panes[other]
        del self.agents[agent.id]
        agent.become(AgentId(pane))
        self._add(agent)

    def _first_in(self, session: SessionId) -> AgentFold | None:
        """Return the first agent in a session that was none so far."""
        if AgentId(session) in self.agents:
            return None
        return next((agent for agent in self._panes() if agent.session == session), None)

    def _become_session(self, agent: AgentFold, event: events.SessionOpened) -> None:
        del self.agents[agent.id]
        agent.become(AgentId(event.session))
        agent.session_name = agent.name = event.name
        agent.names = ()
        self._add(agent)
        self.name_all()

    def _split(self, t: float, agent: AgentFold, pane: PaneId) -> AgentFold:
        """Make a pane of a session that is an agent an agent of its own."""
        own = AgentFold(
            AgentId(pane), agent.session, agent.session_name, self.rules, t, agent.unwatchable
        )
        own.panes[pane] = agent.panes.pop(pane)
        self.owner[pane] = own
        return self._add(own)

    def _add(self, agent: AgentFold) -> AgentFold:
        if agent.published is None:
            agent.published = self.before.get((agent.id, agent.session_name))
        self.agents[agent.id] = agent
        return agent


def order(agent: AgentFold) -> tuple[int, int]:
    """Return where an agent stands among others: by session, the session itself first, then panes."""
    return int(agent.session[1:]), 0 if agent.is_session else 1 + int(agent.id[1:])
