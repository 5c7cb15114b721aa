"""The JSON of agents and of recordings, as the API gives it; see `schema`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from oma.model.health import Health
from oma.model.hosts import LinkState


class DialogOptionDocument(BaseModel):
    """One answer that a dialog offers."""

    key: str = Field(description="What chooses it; empty where only the arrow keys reach it.")
    label: str
    chosen: bool


class DialogDocument(BaseModel):
    """What an agent asks on its screen."""

    question: str
    subject: str = Field(description="What is to be permitted: a command, a file; may have lines.")
    options: list[DialogOptionDocument]
    takes_text: bool = Field(
        description="A line of text and Enter answer it; the options are examples of one."
    )
    fingerprint: str = Field(
        description="An answer carries it back, and is refused when another dialog is open by then."
    )


class UntilDocument(BaseModel):
    """When a failure ends, where the screen says that."""

    text: str = Field(description="As the agent wrote it.")
    at: str | None = Field(
        description="Wall time, ISO 8601; null for a time of day, whose zone is not known."
    )


class EndingDocument(BaseModel):
    """When a failure ends, in the time of the log."""

    text: str = Field(description="As the agent wrote it.")
    t: float | None = Field(description="Null for a time of day, whose zone is not known.")


class ChangesDocument(BaseModel):
    """How the files and the branch of a checkout stood when its agent last rested."""

    dirty: int = Field(description="Files that are not committed: changed, new or in conflict.")
    conflicts: int
    ahead: int | None = Field(description="Commits that its upstream lacks; null for none.")
    behind: int | None = Field(description="Commits of its upstream that it lacks; null for none.")


class HostDocument(BaseModel):
    """How a machine is reached whose agents are shown."""

    host: str
    state: LinkState
    words: str = Field(description="Why it is not; else empty.")


class AgentDocument(BaseModel):
    """An agent."""

    agent: str = Field(description="Its name, which may become another one.")
    id: str = Field(description="Of its pane; or of its session, where that is the agent.")
    place: str | None = Field(description="session:window.pane.")
    session: str
    pane: str | None
    health: Health
    reason: str
    rule: str
    evidence: str
    until: UntilDocument | None = Field(
        description="Null unless it fails, or asks about a limit, and says when that ends."
    )
    since: str = Field(description="Wall time, ISO 8601.")
    since_s: float = Field(description="Seconds of the log.")
    host: str = Field(description="Its machine, where agents of several are shown; else empty.")
    lost: bool = Field(description="Its machine is not reached: it is shown as it was.")
    idle_s: float | None = Field(description="Seconds; null where it was never seen active.")
    profile: str
    command: str
    title: str
    cwd: str
    group: str = Field(description="That the user put it in; empty for none.")
    session_name: str
    project: str = Field(description="The git repository of its directory, else the directory.")
    branch: str = Field(description="Empty where none is checked out.")
    changes: ChangesDocument | None = Field(
        description="What is not committed, or not upstream; null where that was not looked at."
    )
    task: str = Field(description="What its title says that it does.")
    pid: int | None
    cpu_percent: float | None
    rss_bytes: int | None
    dialog: DialogDocument | None = Field(
        description="Null unless it waits and its screen shows options."
    )
    viewers: list[str]
    controlled_by: str | None


class AgentWithScreen(AgentDocument):
    """An agent and what is on its screen."""

    screen: list[str]
    columns: int
    rows: int


class EvidenceDocument(BaseModel):
    """One thing that was seen of an agent, and what it says."""

    health: Health
    rule: str
    text: str
    line: int | None = Field(description="Of the screen, from 1.")
    since: float = Field(description="How many seconds ago it was first seen.")
    counts: bool
    lost: str | None = Field(description="Why it did not decide; null for what did.")


class Successor(BaseModel):
    """What would decide if the decisive evidence were gone."""

    health: Health
    rule: str


class OutlookDocument(BaseModel):
    """What time alone will change."""

    t: float
    health: Health
    reason: str
    rule: str


class RecognisedDocument(BaseModel):
    """What told of which kind an agent is."""

    way: str = Field(description="process, title, screen, report or option.")
    evidence: str = Field(description="The command line, title or line of the screen.")


class ExplanationDocument(BaseModel):
    """Why an agent is judged as it is; what `oma why --json` prints."""

    t: float
    agent: str
    id: str | None = Field(description="Of its pane; or of its session, where that is the agent.")
    pane: str | None
    place: str | None = Field(description="session:window.pane.")
    listed: Literal["session", "pane"] = Field(
        description="Because of the name of its session, or because it was found in its pane."
    )
    profile: str
    recognised: RecognisedDocument | None = Field(
        description="How its kind was recognised; null for none that is known."
    )
    health: Health
    reason: str
    rule: str
    evidence: str
    until: EndingDocument | None
    line: int | None
    since: float
    sees_screen: bool
    seen: list[EvidenceDocument]
    if_it_goes: Successor | None
    if_nothing_happens: OutlookDocument | None


class TransitionDocument(BaseModel):
    """A change of an agent's health."""

    model_config = ConfigDict(populate_by_name=True)

    t: float = Field(description="Seconds of the log.")
    seq: int
    agent: str
    id: str | None = Field(description="Of the agent.")
    place: str | None = Field(description="session:window.pane of the agent then.")
    source: Annotated[Health | None, Field(alias="from")]
    to: Health
    reason: str
    rule: str
    evidence: str
    until: EndingDocument | None


class HistoryEntryDocument(BaseModel):
    """One thing that happened to an agent."""

    t: float = Field(description="Seconds of the log.")
    health: Health | None = Field(description="What it became; null where a user did something.")
    reason: str
    command: str = Field(description="What a user did: `answer`, `send`, `stop`…; else empty.")
    text: str
    by: str = Field(description="Their login; empty for whoever sits at the machine.")


class HistoryDocument(BaseModel):
    """What happened to an agent since the server began, the oldest first."""

    t: float = Field(description="Now, in seconds of the log.")
    entries: list[HistoryEntryDocument]


class Scrollback(BaseModel):
    """What a pane keeps of what it printed."""

    lines: list[str] = Field(description="The oldest first; those of the screen are the last.")
    rows: int = Field(description="Of the screen.")


class RecordingFileDocument(BaseModel):
    """A recording that can be played."""

    name: str
    bytes: int
    started_at: str
    modified_at: str


class ActDocument(BaseModel):
    """Something that a user did to an agent."""

    t: float = Field(description="Seconds of the log.")
    command: str = Field(description="`answer`, `send`, `stop`…")
    text: str
    by: str = Field(description="Their login in a browser; empty for whoever sat at the machine.")


class AgentTimeline(BaseModel):
    """What happened to one agent."""

    id: str = Field(
        description="Of its pane; or its name, where a session was made for it, perhaps several times."
    )
    agent: str = Field(description="The name that it had last.")
    transitions: list[TransitionDocument]
    acts: list[ActDocument]


class Summary(BaseModel):
    """A recording as a whole."""

    started_at: str
    duration_s: float
    agents: list[AgentTimeline]


class Moment(BaseModel):
    """How things were."""

    t: float
    agents: list[AgentDocument]


class PastScreen(BaseModel):
    """A screen, as text for a fresh terminal of its size."""

    columns: int
    rows: int
    ansi: str
