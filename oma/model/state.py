"""The folded state that every view sees: immutable snapshots.

The fold (`oma.reducers`) is mutable and private to the store. Views get a `FleetState` and cannot change
what is believed; a list of agents is in the order of `in_order`, so that it is the same everywhere.
"""

import attrs

from oma.model.checkout import Changes
from oma.model.dialog import Dialog
from oma.model.health import Verdict
from oma.model.ids import AgentId, PaneId, SessionId, WindowId


@attrs.frozen
class AgentState:
    """One agent: a pane, or a session and the pane that speaks for it."""

    session: SessionId
    """The one that it runs in."""
    name: str
    pane: PaneId | None
    verdict: Verdict
    profile: str
    command: str
    title: str
    cwd: str
    pid: int | None
    columns: int
    rows: int
    active_s: float
    """When it last did something, in seconds of the log; negative when before the log."""
    cpu_percent: float | None
    rss_bytes: int | None
    gone: bool
    """Its session has ended; it is shown for a while and then dropped."""
    dialog: Dialog | None = None
    """What it asks on its screen; `None` unless it is WAITING and its screen shows options."""
    id: AgentId = attrs.Factory(lambda self: AgentId(self.session), takes_self=True)
    """Stays while the agent is listed, unless the agent moves out of a session of its own."""
    window: WindowId | None = None
    place: str = ""
    """`session:window.pane`, which always names it; empty where tmux did not say."""
    names: tuple[str, ...] = ()
    """All that name it and no other agent."""
    session_name: str = ""
    """Of its session; the last one, where that has ended."""
    project: str = ""
    """The git repository that its directory is in, else its directory; the last one, where it has ended."""
    branch: str = ""
    """That is checked out there."""
    changes: Changes | None = None
    """Of its files, when it last rested; `None` where that was not looked at."""
    task: str = ""
    """What its title says that it does."""
    sampled: str = ""
    """Why captures stand for what it prints; empty where they do not."""
    sampled_s: float | None = None
    """Since when, in seconds of the log."""
    label: str = ""
    """What the user called it, where it has no session of its own."""
    group: str = ""
    """The group that the user put it in."""
    host: str = ""
    """Its machine, where those of several are shown (`oma.model.hosts`)."""
    lost: bool = False
    """Its host is not reached: this is how it was."""

    @property
    def branch_words(self) -> str:
        """Its branch with what is not committed there, or not where it comes from."""
        changes = "" if self.changes is None else self.changes.words
        return f"{self.branch} {changes}" if self.branch and changes else self.branch

    @property
    def lasting_name(self) -> str:
        """The name that a user gave it and that no title or directory changes; empty for none."""
        if self.is_session:
            return self.name
        return self.label if self.label in self.names else ""

    @property
    def is_session(self) -> bool:
        """The session as a whole is the agent: it was made for it."""
        return self.id[:1] == "$"


def in_order(agent: AgentState) -> tuple[str, int, int]:
    """Return where an agent stands in a list: by host and session, that itself first, then by pane."""
    session, pane = agent.session.partition("@")[0], agent.id.partition("@")[0]
    return agent.host, int(session[1:]), 0 if agent.is_session else 1 + int(pane[1:])


@attrs.frozen
class FleetState:
    """Everything that is known after record `seq`, at time `t`."""

    seq: int
    t: float
    tmux: str | None
    """Version of the server; `None` while there is none."""
    agents: tuple[AgentState, ...]
    """In the order of their session ids, then of those of their panes."""
    unreached: tuple[str, ...] = ()
    """The hosts, where there are several, of which nothing is known now."""

    @property
    def has_server(self) -> bool:
        """Say whether a tmux server is there."""
        return self.tmux is not None

    def agent(self, agent_id: AgentId | None) -> AgentState | None:
        """Return the agent of this id, also for a while after it has ended; `None` if there is none.

        That of an agent which is a whole session is the id of the session.
        """
        return next((agent for agent in self.agents if agent.id == agent_id), None)

    def named(self, name: str) -> AgentState | None:
        """Return the agent called so; `None` if there is none.

        Where one that has ended and a later one share the name, it is the one that lives.
        """
        found = [agent for agent in self.agents if agent.name == name]
        return next((agent for agent in found if not agent.gone), found[-1] if found else None)
