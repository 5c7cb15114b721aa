"""What the API takes and gives, as its schema tells; the routes are held to it."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from oma.model.health import Health
from oma.web.auth.roles import Role

AgentId = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9_-]+$", max_length=256, description="Its name; the prefix may go."),
]


LONGEST_S = 366 * 86_400.0
"""No token lasts longer."""


class Problem(BaseModel):
    """Why a request was not carried out."""

    error: str
    field: str | None = None
    """Of the body, where one is wrong."""


class Strict(BaseModel):
    """A body: what is unknown is an error."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class LogIn(Strict):
    """Log in with a token."""

    token: Annotated[str, Field(min_length=1, max_length=512)]


class SessionState(BaseModel):
    """Who asks, and what they may do."""

    role: Role
    name: str
    expires_at: str
    agent: str | None
    read_only: bool
    version: str
    terminal: bool


class Secret(BaseModel):
    """The secret of a login, told once."""

    secret: str
    role: Role
    name: str
    expires_at: str
    agent: str | None


class New(Strict):
    """Start an agent."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=128)]
    command: Annotated[str, Field(min_length=1, max_length=4096)] | None = None
    """A line for the shell, or the name of a profile."""
    profile: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    cwd: Annotated[str, Field(min_length=1, max_length=4096)] | None = None


class Text(Strict):
    """A text to type, with Enter after it."""

    text: Annotated[str, Field(min_length=1, max_length=16_384)]
    anyway: bool = False
    """Also where the agent waits for an answer, or holds a draft; else 409 says what it asks."""


class Choice(Strict):
    """An option to choose in the dialog that was shown, and in no other."""

    key: Annotated[str, Field(pattern=r"^[0-9]$")]
    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """Of that dialog."""


class Proposals(BaseModel):
    """What a form for a new agent may offer."""

    command: str
    directory: str
    profiles: list[str]


class Said(BaseModel):
    """How it went, in words."""

    said: str


class TmuxSession(BaseModel):
    """A session of the tmux server."""

    id: str
    name: str
    agent: bool


class DialogOption(BaseModel):
    """One answer that a dialog offers."""

    key: str
    label: str
    chosen: bool


class Dialog(BaseModel):
    """What an agent asks on its screen."""

    question: str
    subject: str
    options: list[DialogOption]
    fingerprint: str


class Agent(BaseModel):
    """An agent."""

    agent: str
    session: str
    pane: str | None
    health: Health
    reason: str
    rule: str
    evidence: str
    since: str
    since_s: float
    idle_s: float | None
    profile: str
    command: str
    title: str
    cwd: str
    pid: int | None
    cpu_percent: float | None
    rss_bytes: int | None
    dialog: Dialog | None
    viewers: list[str]
    controlled_by: str | None


class AgentWithScreen(Agent):
    """An agent and what is on its screen."""

    screen: list[str]
    columns: int
    rows: int


class Transition(BaseModel):
    """A change of an agent's health."""

    model_config = ConfigDict(populate_by_name=True)

    t: float
    seq: int
    agent: str
    source: Annotated[Health | None, Field(alias="from")]
    to: Health
    reason: str
    rule: str
    evidence: str


class RecordingFile(BaseModel):
    """A recording that can be played."""

    name: str
    bytes: int
    started_at: str
    modified_at: str


class Lane(BaseModel):
    """What happened to one agent."""

    agent: str
    transitions: list[Transition]


class Summary(BaseModel):
    """A recording as a whole."""

    started_at: str
    duration_s: float
    agents: list[Lane]


class Moment(BaseModel):
    """How things were."""

    t: float
    agents: list[Agent]


class PastScreen(BaseModel):
    """A screen, as text for a fresh terminal of its size."""

    columns: int
    rows: int
    ansi: str


class Watcher(BaseModel):
    """Somebody who is watching."""

    name: str
    role: Role
    agent: str | None
    since: str


class NewShare(Strict):
    """Let somebody see one agent for a time."""

    agent: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=256)]
    role: Literal["viewer", "operator"] = "viewer"
    expires_s: Annotated[float, Field(ge=60, le=LONGEST_S, allow_inf_nan=False)] = 3600.0


class Invitation(BaseModel):
    """An address that works once."""

    url: str
    name: str
    expires_at: str


class NewToken(Strict):
    """Make a token."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=64)]
    role: Role = Role.VIEWER
    agent: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=256)] | None = None
    """The whole name of the only agent it is about."""
    expires_s: Annotated[float, Field(ge=60, le=LONGEST_S, allow_inf_nan=False)] = 43_200.0


class TokenSecret(BaseModel):
    """A new token."""

    name: str
    secret: str


class TokenState(BaseModel):
    """A token or a shared link, without its secret."""

    name: str
    role: Role
    agent: str | None
    expires_at: str
    shared: bool
