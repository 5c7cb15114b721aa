"""Agents of several machines, under ids and names that tell them apart.

An agent `login` of the host `box` is `box/login`, and its id `$3@box`. How a host is reached is no
fact of its log, and is never folded: the verdicts on agents of a host that is lost stay as they were.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from oma.model.agent_values import altered
from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId, PaneId
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
    there = {name: say(getattr(agent, name), link.host) for name, say in _SAID.items()}
    return altered(agent, {**there, "host": link.host, "lost": not link.is_live, **changes})


def changed_on_host(shown: AgentState, changes: Mapping[str, Any]) -> AgentState:
    """Return what `on_host` gave with some fields of the agent otherwise by now; all others are the very same values."""
    host = shown.host
    return altered(
        shown,
        {
            name: _SAID[name](value, host) if name in _SAID else value
            for name, value in changes.items()
        },
    )


def _id_there(own: str | None, host: str) -> str | None:
    return None if own is None else f"{own}@{host}"


def _name_there(own: str, host: str) -> str:
    return f"{host}/{own}"


_SAID: Mapping[str, Callable[[Any, str], Any]] = {
    "session": _id_there,
    "name": _name_there,
    "pane": _id_there,
    "id": _id_there,
    "window": _id_there,
    "place": lambda own, host: f"{host}/{own}" if own else "",
    "names": lambda own, host: tuple(_name_there(name, host) for name in own),
    "project": lambda own, host: f"{host}:{own}" if own else "",
}
"""The fields of an agent that say its host, by what it is called there."""


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
