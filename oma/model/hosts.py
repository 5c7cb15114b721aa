"""Agents of several machines, under ids and names that tell them apart.

An agent `login` of the host `box` is `box/login`, and its id `$3@box`. How a host is reached is no
fact of its log, and is never folded: the verdicts on agents of a host that is lost stay as they were.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import attrs

from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId, PaneId, SessionId, WindowId
from oma.model.state import AgentState


class LinkState(StrEnum):
    """How a host is reached; the values are what a user reads."""

    CONNECTING = "connecting"
    LIVE = "live"
    LOST = "lost"
    UNREACHED = "not reached"
    """It never was."""
    STOPPED = "stopped"
    """It publishes no more, on purpose."""


@attrs.frozen
class Link:
    """How one host is reached."""

    host: str
    state: LinkState = LinkState.CONNECTING
    since_s: float = 0.0
    """In seconds of the clock that all hosts share here."""
    words: str = ""
    """Why it is not; from the host, hence hostile."""

    @property
    def is_live(self) -> bool:
        """Say whether what is known of it is known now."""
        return self.state is LinkState.LIVE


def on_host(agent: AgentState, link: Link, **changes: Any) -> AgentState:  # noqa: ANN401  # of its fields
    """Return an agent as one of the agents of all hosts; of `changes` each is a field that is otherwise, too."""
    host = link.host
    return attrs.evolve(
        agent,
        **changes,
        session=SessionId(f"{agent.session}@{host}"),
        name=f"{host}/{agent.name}",
        pane=None if agent.pane is None else PaneId(f"{agent.pane}@{host}"),
        id=AgentId(f"{agent.id}@{host}"),
        window=None if agent.window is None else WindowId(f"{agent.window}@{host}"),
        place=f"{host}/{agent.place}" if agent.place else "",
        names=tuple(f"{host}/{name}" for name in agent.names),
        project=f"{host}:{agent.project}" if agent.project else "",
        host=host,
        lost=not link.is_live,
    )


def told_on_host(told: Transition, host: str) -> Transition:
    """Return a transition as one of the transitions of all hosts."""
    return attrs.evolve(
        told,
        agent=f"{host}/{told.agent}",
        id=None if told.id is None else AgentId(f"{told.id}@{host}"),
        place=f"{host}/{told.place}" if told.place else "",
    )


def not_there(before: Iterable[AgentState], now: Sequence[AgentState]) -> list[AgentState]:
    """Return the agents of before that are not among those of now, under their own names.

    Ids of tmux begin anew with each server: of two agents with the same id one may be another one. The
    process tells, or the name of the session.
    """
    named = {(agent.id, agent.session_name) for agent in now}
    running = {agent.pid for agent in now} - {None}
    return [
        agent
        for agent in before
        if (agent.id, agent.session_name) not in named and agent.pid not in running
    ]


def ended_unseen(agent: AgentState, t: float) -> AgentState:
    """Return an agent that was not there any more at `t`, when its host was reached again."""
    evidence = "it ended while its host was not reached"
    verdict = Verdict(Health.EXITED, "ended-unseen", "generic/ended-unseen", evidence, t)
    return attrs.evolve(agent, verdict=verdict, gone=True, dialog=None, active_s=t)


def host_of(agent: AgentId | PaneId) -> tuple[str, str]:
    """Return the id that an agent or a pane has on its host, and the host."""
    own, _, host = agent.partition("@")
    return own, host
