"""The JSON of streams and of terminals, which no route of OpenAPI can name; see `schema`."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, RootModel

from oma.model import document_shapes
from oma.web.api.agent_schema import AgentDocument, HostDocument
from oma.web.api.described import Described


class AgentsSnapshot(BaseModel):
    """`snapshot` of `/api/events`: every agent."""

    seq: int
    t: float = Field(description="Seconds of the log.")
    at: str = Field(description="What the server's clock shows.")
    n: int = Field(description="The number of the last transition so far.")
    agents: list[AgentDocument]
    hosts: list[HostDocument] = Field(
        description="Empty where all agents are of the server's machine."
    )


class ServerClock(BaseModel):
    """`clock` of `/api/events`: first where a stream is resumed, and whenever there is nothing else to tell for a while."""

    at: str = Field(description="What the server's clock shows.")


class HostsChanged(BaseModel):
    """`hosts` of `/api/events`: those that are reached otherwise than before."""

    hosts: list[HostDocument]


class AgentsChanged(BaseModel):
    """`agents` of `/api/events`: those that changed, as they are now."""

    agents: list[AgentDocument]


class AgentsGone(BaseModel):
    """`gone` of `/api/events`: the ids of agents that are no more."""

    agents: list[str]


class TransitionEventDocument(document_shapes.TransitionDocument):
    """`transition` of `/api/events`."""

    n: int
    """Consecutive number."""
    since_s: float
    """Of the agent from then on, in seconds of the log; before `t` if it had to stand for a while."""
    since: str
    """The same by the calendar."""
    dialog: document_shapes.DialogDocument | None
    """What the agent asks, where it began to wait."""


TransitionEvent = Annotated[TransitionEventDocument, Described("TransitionEvent")]


class LogLines(BaseModel):
    """`snapshot` of an agent's log: the lines of its screen; `lines`: those that came after."""

    lines: list[str]


class TerminalHello(BaseModel):
    """The first message of a terminal."""

    type: Literal["hello"]
    columns: int
    rows: int
    controlled_by: str | None
    may_write: bool


class TerminalSize(BaseModel):
    """The size is another now."""

    type: Literal["size"]
    columns: int
    rows: int


class TerminalSnapshot(BaseModel):
    """The next binary frame is a whole screen."""

    type: Literal["snapshot"]


class TerminalControl(BaseModel):
    """Who controls the terminal now."""

    type: Literal["control"]
    by: str | None
    mine: bool = Field(description="It is the page that gets this message.")


class TerminalViewers(BaseModel):
    """Who watches the terminal now."""

    type: Literal["viewers"]
    names: list[str]


class TerminalEnd(BaseModel):
    """There will be no more, or what was asked for is refused."""

    type: Literal["ended", "refused"]
    words: str


class TerminalMessage(
    RootModel[
        Annotated[
            TerminalHello
            | TerminalSize
            | TerminalSnapshot
            | TerminalControl
            | TerminalViewers
            | TerminalEnd,
            Field(discriminator="type"),
        ]
    ]
):
    """A text message that a page gets of a terminal."""


BESIDE_ROUTES: tuple[Any, ...] = (
    AgentsSnapshot,
    ServerClock,
    HostsChanged,
    AgentsChanged,
    AgentsGone,
    TransitionEvent,
    LogLines,
    TerminalMessage,
)
"""Shapes that the OpenAPI document lists although no route answers with them."""
