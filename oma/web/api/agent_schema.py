"""The JSON of agents and of recordings, as the API gives it; that of `oma.model.documents` among it."""

from typing import Annotated

from pydantic import BaseModel, Field

from oma.model import document_shapes
from oma.model.health import Health
from oma.model.hosts import LinkState
from oma.web.api.described import Described


class HostDocument(BaseModel):
    """How a machine is reached whose agents are shown."""

    host: str
    state: LinkState
    words: str = Field(description="Why it is not; else empty.")


class WatchedAgentDocument(document_shapes.AgentDocument):
    """An agent as it is now, and who looks at it."""

    since_s: float
    """Since when it is so, in seconds of the log."""
    host: str
    """Its machine, where agents of several are shown; else empty."""
    lost: bool
    """Its machine is not reached: it is shown as it was."""
    viewers: list[str]
    """The logins that look at its terminal."""
    controlled_by: str | None
    """The login that types into it; null for nobody."""


class ShownAgentDocument(WatchedAgentDocument):
    """An agent and what is on its screen."""

    screen: list[str]
    """Its lines."""
    columns: int
    """Of its pane."""
    rows: int
    """Of its pane."""


AgentDocument = Annotated[WatchedAgentDocument, Described("AgentDocument")]
AgentWithScreen = Annotated[ShownAgentDocument, Described("AgentWithScreen")]
DialogDocument = Annotated[document_shapes.DialogDocument, Described()]
ExplanationDocument = Annotated[document_shapes.ExplanationDocument, Described()]
TransitionDocument = Annotated[document_shapes.TransitionDocument, Described()]


class HistoryEntryDocument(BaseModel):
    """One thing that happened to an agent."""

    t: float = Field(description="Seconds of the log.")
    at: str = Field(description="The same by the calendar.")
    health: Health | None = Field(description="What it became; null where a user did something.")
    reason: str
    command: str = Field(description="What a user did: `answer`, `send`, `stop`…; else empty.")
    text: str
    by: str = Field(description="Their login; empty for whoever sits at the machine.")


class HistoryDocument(BaseModel):
    """What happened to an agent since the server began, and before where its machine tells that; the oldest first."""

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
