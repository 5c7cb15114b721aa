"""The folded state that every view sees: immutable snapshots."""

import attrs

from oma.model.dialog import Dialog
from oma.model.health import Verdict
from oma.model.ids import PaneId, SessionId


@attrs.frozen
class AgentState:
    """One agent: one watched tmux session and the pane in it that speaks for it."""

    session: SessionId
    name: str
    """Of its session."""
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


@attrs.frozen
class FleetState:
    """Everything that is known after record `seq`, at time `t`."""

    seq: int
    t: float
    tmux: str | None
    """Version of the server; `None` while there is none."""
    agents: tuple[AgentState, ...]
    """In the order of their session ids."""

    @property
    def has_server(self) -> bool:
        """Say whether a tmux server is there."""
        return self.tmux is not None
