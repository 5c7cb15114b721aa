"""What the API takes and gives, as its schema tells; the routes are held to it."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from oma.model.health import Health
from oma.web.roles import Role

AgentId = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9_-]+$", max_length=256, description="Its name; the prefix may go."),
]


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
    """The secret of a tab, told once."""

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


class Digit(Strict):
    """A digit to press."""

    digit: Annotated[str, Field(pattern=r"^[0-9]$")]


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
    answers: list[str]
    viewers: list[str]
    controlled_by: str | None


class AgentWithScreen(Agent):
    """An agent and what is on its screen."""

    screen: list[str]
    columns: int
    rows: int
