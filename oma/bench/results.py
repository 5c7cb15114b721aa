"""What a run of the bench found, as data: what the table shows, and what `--json` prints."""

import attrs

from oma.bench.figures import Spread


@attrs.frozen
class Machine:
    """Where the run took place."""

    cpu: str
    cores: int
    system: str
    python: str
    tmux: str
    oma: str
    load: float
    """Processes that ran or waited during the minute before: at 0 nobody else was at work."""


@attrs.frozen
class Detection:
    """How soon one reader told of failures, and how many of the short ones it told of."""

    reader: str
    panes: int
    """That repainted ten times a second beside the panes that failed."""
    made: int
    """Failures that stood until they were seen."""
    latency_ms: Spread | None
    """From just before the pane wrote it to the reader's line; of those that were told."""
    short_made: int
    """Failures that were visible for 300 ms."""
    short_seen: int


@attrs.frozen
class Cost:
    """What watching costs while all goes on as before, in percent of one core."""

    reader: str
    agents: int
    frames_per_s: int
    """Of each agent; at 0 they are silent."""
    reader_percent: float
    """The process itself, and for polling also the tmux commands that it ran."""
    clients_percent: float
    """tmux clients that stay attached."""
    server_percent: float
    """The tmux server, what it does without a reader included."""
    rss_mb: float | None
    """Of the reader's process at the end."""
    answer_ms: Spread | None = None
    """How soon tmux answers a process that asks for one pane; where that was asked."""


@attrs.frozen
class Flood:
    """One pane that prints as fast as it can while `oma record` writes it down."""

    mb: float
    mb_per_s: float
    oma_percent: float
    server_percent: float
    oma_mb_per_cpu_s: float
    """What `oma` could take if tmux, which reads the pane, were no limit."""


@attrs.frozen
class Replay:
    """How fast a recording is read and folded."""

    records: int
    read_per_s: Spread | None
    """Records in a CPU second, read from the file and decoded."""
    lines_per_s: Spread | None
    """The same, and folded without screens."""
    screens_per_s: Spread | None
    """The same, and folded with every screen and verdict."""


@attrs.frozen
class Start:
    """How long a user waits, from the start of the interpreter."""

    sessions: int
    status_ms: Spread | None
    first_frame_ms: Spread | None


@attrs.frozen
class Results:
    """One run."""

    machine: Machine
    detection: tuple[Detection, ...]
    cost: tuple[Cost, ...]
    flood: Flood
    replay: Replay
    start: Start
    took_s: float
