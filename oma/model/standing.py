"""How things stood when a log was taken up in the middle: the events that a checkpoint is made of.

A checkpoint is `WatchBegan(restored=True)`, what tmux and others said of each session and pane, and
`AgentsStand`. It lets a reader that comes later believe what those believe who were there.
"""

from collections.abc import Mapping

import attrs

from oma.model.ids import AgentId, PaneId, SessionId


@attrs.frozen
class WatchBegan:
    """Sessions and panes are told anew from here on: what is not told again is there no more."""

    restored: bool = False
    """What follows, up to an `AgentsStand`, is how things stood at this moment."""


@attrs.frozen
class StandingAgent:
    """One agent as it stood; part of `AgentsStand`."""

    agent: AgentId
    """Its id."""
    session: SessionId
    session_name: str
    name: str
    panes: tuple[PaneId, ...]
    """The ids of its panes, in the order in which they were first seen; none where it has ended."""
    health: str | None
    """What was told of it last; `None` where nothing was told yet."""
    reason: str = ""
    rule: str = ""
    evidence: str = ""
    since_s: float | None = None
    """How many seconds before."""
    memory: Mapping[str, object] = attrs.Factory(dict)
    """What the fold remembers of it besides. Only the same version of `oma` understands it: without
    it, whatever takes time begins anew."""


@attrs.frozen
class PastChange:
    """One change of an agent's health; part of `ChangesTold`."""

    agent: AgentId
    name: str
    """That the agent had."""
    place: str
    ago_s: float
    """How many seconds before it was."""
    source: str | None
    """The health before; `None` for the first verdict."""
    health: str
    reason: str
    rule: str
    evidence: str
    since_s: float
    """How many seconds before that health began."""


@attrs.frozen
class ChangesTold:
    """What was told before a log was taken up, the newest last: the past that views show."""

    changes: tuple[PastChange, ...]


@attrs.frozen
class AgentsStand:
    """All agents as they stood: the end of what a `WatchBegan` restores."""

    agents: tuple[StandingAgent, ...]


Checkpoint = WatchBegan | AgentsStand | ChangesTold
"""What only a checkpoint has."""
