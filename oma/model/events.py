"""What happened, in the past tense: the facts that are logged, recorded and folded.

Opinions (health, reasons) are folded from these. Times are those of records, in seconds since the log began.

>>> Record(seq=7, t=1.5, event=ServerLost("it ended")).event.reason
'it ended'
"""

from collections.abc import Mapping

import attrs

from oma.model.checkout import CheckoutSeen as CheckoutSeen
from oma.model.ids import PaneId, SessionId, WindowId
from oma.model.pane_sampled import PaneSampled
from oma.model.standing import Checkpoint
from oma.model.status_file import StatusFileRead


@attrs.frozen
class ServerConnected:
    """A tmux server answers; sessions and panes follow."""

    tmux: str
    """Its version as tmux prints it: `3.3a`, `next-3.8`."""


@attrs.frozen
class ServerLost:
    """There is no tmux server (any more). Every session and pane is gone with it."""

    reason: str


@attrs.frozen
class ConnectionLost:
    """One control client ended unexpectedly; it is started again while its session lives."""

    session: SessionId | None
    """Whose client; `None` is the hub."""
    reason: str


@attrs.frozen
class SessionOpened:
    """A session exists that is an agent, or in which agents were found."""

    session: SessionId
    name: str
    unwatchable: str | None = None
    """Why its output cannot be followed (it would die with our client), or `None`."""
    is_agent: bool = True
    """All of it is watched, as one agent; else only the panes that an `AgentFound` names."""


@attrs.frozen
class SessionRenamed:
    """A watched session has another name; its id stays."""

    session: SessionId
    name: str


@attrs.frozen
class SessionClosed:
    """A watched session is gone, and its panes with it; or it is watched no more."""

    session: SessionId
    renamed: str | None = None
    """Its name now, where it lives on under one that is no agent's."""


@attrs.frozen
class AgentFound:
    """An agent of a known kind runs in a pane; what tmux says of the pane follows, or was said."""

    pane: PaneId
    profile: str
    """The name of its kind."""
    way: str
    """What told of it: `process`, `title` or `screen`."""
    evidence: str
    """The command line, title or line of the screen; hostile."""
    name: str = ""
    """What it is called, where it alone is watched; else it is named among all agents."""
    headless: bool = False
    """The command line is that of a run that nobody looks at."""


@attrs.frozen
class AgentEnded:
    """Nothing of the agent runs in its pane any more, where the pane's foreground does not tell."""

    pane: PaneId


@attrs.frozen
class PaneSeen:
    """What tmux says of a watched pane, first and at each change; in another session, it moved there."""

    pane: PaneId
    session: SessionId
    window: WindowId
    pid: int
    """Of the process that tmux started in the pane; 0 where it had ended before we came."""
    command: str
    """Name of the foreground process, as tmux sees it."""
    title: str
    cwd: str
    columns: int
    rows: int
    dead: bool = False
    """Its process ended, and `remain-on-exit` keeps the pane."""
    dead_status: int | None = None
    """Exit status of a dead pane, where tmux knows it."""
    idle_s: float | None = None
    """Whole seconds since tmux last saw output in its window, when that was asked for."""
    window_index: int | None = None
    """Of its window, in its session; `None` where that was not asked for."""
    pane_index: int | None = None
    """In its window; `None` where that was not asked for."""
    window_name: str = ""
    label: str = ""
    """The name that the user gave the agent: the pane's option `@oma_name`."""
    group: str = ""
    """The group that the user put it in: the option `@oma_group` of its session, or of its pane."""


@attrs.frozen
class PaneClosed:
    """A watched pane is gone, or it is watched no more."""

    pane: PaneId


@attrs.frozen
class PaneResized:
    """A pane has another size; what it prints next is a repaint, not work."""

    pane: PaneId
    columns: int
    rows: int


@attrs.frozen
class PaneCaptured:
    """The whole screen of a pane, read from tmux: later output continues from here."""

    pane: PaneId
    columns: int
    rows: int
    cursor_column: int
    """From 0, as the row."""
    cursor_row: int
    alternate: bool
    """The alternate screen is shown."""
    data: bytes
    """`capture-pane -p -e -J`: lines that end in a newline, with SGR sequences."""
    exact: bool = False
    """`data` is what makes a new terminal show the same and go on the same, its modes included."""


@attrs.frozen
class PaneOutput:
    """Bytes that a pane's program wrote, unescaped; split characters are carried to the next."""

    pane: PaneId
    data: bytes


@attrs.frozen
class OutputLost:
    """Output of a pane was skipped exactly here; a `PaneCaptured` follows where it can."""

    pane: PaneId
    reason: str


@attrs.frozen
class ScreenFailed:
    """Our picture of a pane's screen cannot be relied on; a `PaneCaptured` follows."""

    pane: PaneId
    reason: str


@attrs.frozen
class ProcessSample:
    """The process tree of one pane at one moment; part of `ProcessesSampled`."""

    pane: PaneId
    argv: tuple[str, ...]
    """Of the foreground process, or of the pane's own process."""
    children: int
    """Living descendants of the agent's process."""
    cpu_percent: float | None
    """Of one core, over the time since the last sample of the pane; `None` at the first."""
    rss_bytes: int
    pid: int = 0
    """Of the process whose `argv` it is; 0 where that was not recorded."""


@attrs.frozen
class ProcessesSampled:
    """One pass over the process table."""

    samples: tuple[ProcessSample, ...]


@attrs.frozen
class CommandSent:
    """Something that a user asked for (`send`, `answer`, `stop`, `kill`…) was sent to tmux."""

    command: str
    pane: PaneId | None
    text: str
    by: str = ""
    """The name of their login in a browser; empty for whoever sits at this machine."""


@attrs.frozen
class PlacementDecided:
    """A decision on an agent (`session`, or `agent` that is one pane), a program, or the window; done unless it says not."""

    action: str
    """`spawn`, `replace`, `close`, `defer`, `skip`, `refused` by tmux, `settle` of the window."""
    window: WindowId
    session: SessionId | None
    pane: PaneId | None
    """That came or went, where one did."""
    reason: str
    agent: PaneId | None = None


@attrs.frozen
class TimePassed:
    """Nothing happened, and that alone changed a verdict."""


@attrs.frozen
class MonitorStopped:
    """The log ends here on purpose."""

    reason: str


@attrs.frozen
class Unknown:
    """A record of a type that this version does not know, kept as it is."""

    tag: str
    fields: Mapping[str, object]


Event = (
    ServerConnected
    | ServerLost
    | ConnectionLost
    | SessionOpened
    | SessionRenamed
    | SessionClosed
    | AgentFound
    | AgentEnded
    | PaneSeen
    | CheckoutSeen
    | StatusFileRead
    | PaneClosed
    | PaneResized
    | PaneCaptured
    | PaneOutput
    | OutputLost
    | PaneSampled
    | ScreenFailed
    | ProcessesSampled
    | CommandSent
    | PlacementDecided
    | TimePassed
    | MonitorStopped
    | Checkpoint
    | Unknown
)


@attrs.frozen
class Record:
    """An event with its place in the log."""

    seq: int
    """From 1, without holes."""
    t: float
    """Seconds since the log began, in whole microseconds; never less than the record before."""
    event: Event
