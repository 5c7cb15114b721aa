"""The JSON of logins, sharing and acts, as the API takes and gives it.

The one place of these shapes, with `agent_schema` and `event_schema`: the OpenAPI document and the
page's types are made of them, and tests hold every answer to them, with no field missing or more.
"""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from oma.web.auth.roles import Role

_REFERENCE = r"^[^/\x00-\x1f\x7f]+$"

AgentReference = Annotated[
    str,
    Path(
        pattern=_REFERENCE,
        max_length=256,
        description="Its id; or its name, where that has no slash. The prefix may go.",
    ),
]


LONGEST_S = 366 * 86_400.0
"""No token lasts longer."""


class Problem(BaseModel):
    """Why a request was not carried out."""

    error: str
    field: str | None = Field(None, description="Of the body, where one is wrong.")


class Strict(BaseModel):
    """A body: what is unknown is an error, and so is what would have to be converted."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False, strict=True)


class LogIn(Strict):
    """Log in with a token, or with the code of a login address."""

    token: Annotated[str, Field(min_length=1, max_length=512)] | None = None
    code: Annotated[str, Field(max_length=512)] | None = Field(None, description="It works once.")


class SessionState(BaseModel):
    """Who this browser is to the server, and what they may do."""

    role: Role
    name: str
    expires_at: str = Field(description="When the login ends, ISO 8601.")
    agent: str | None = Field(description="The one agent that may be seen, where it is for one.")
    read_only: bool
    version: str
    terminal: bool = Field(description="Whether the server can show terminals.")
    notice: str = Field(description="What users are to know of this server; empty for nothing.")
    quick_replies: list[str] = Field(description="Messages that the page sends by one press.")
    upload_bytes: int = Field(
        description="Of a file that agents can be given; 0 where none is taken."
    )
    push_key: str | None = Field(
        description="What a browser needs to subscribe to notifications; null where it cannot."
    )


class Secret(BaseModel):
    """The secret of a login, told once."""

    secret: str
    role: Role
    name: str
    expires_at: str
    agent: str | None


class NewBody(Strict):
    """Start an agent."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=128)]
    command: Annotated[str, Field(min_length=1, max_length=4096)] | None = Field(
        None, description="A line for the shell, or the name of a profile."
    )
    profile: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    cwd: Annotated[str, Field(min_length=1, max_length=4096)] | None = None
    host: Annotated[str, Field(min_length=1, max_length=256)] | None = Field(
        None, description="The machine on which it runs, where agents of several are shown."
    )


class SendBody(Strict):
    """A text to type, with Enter after it."""

    text: Annotated[str, Field(min_length=1, max_length=16_384)]
    anyway: bool = Field(
        False,  # noqa: FBT003  # pydantic's way to give a default
        description="Also where the agent waits for an answer, or holds a draft; else 409 says what it asks.",
    )


class AnswerBody(Strict):
    """An option to choose in the dialog that was shown, and in no other."""

    key: Annotated[str, Field(pattern=r"^[0-9A-Za-z]$")] | None = None
    text: Annotated[str, Field(min_length=1, max_length=4096)] | None = Field(
        None, description="In place of a key, where the dialog takes text; Enter comes after it."
    )
    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$", description="Of that dialog.")


class StoredFile(BaseModel):
    """A file that was given to an agent."""

    path: str = Field(description="Of the file, on the machine of the server.")


class EndedPush(Strict):
    """A browser that takes no notifications any more."""

    endpoint: Annotated[str, Field(min_length=1, max_length=1024)]


class NewPush(Strict):
    """A browser that takes notifications: its PushSubscription."""

    endpoint: Annotated[str, Field(min_length=1, max_length=1024)]
    p256dh: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{87}=?$")]
    auth: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}(==)?$")]


class ProposalsDocument(BaseModel):
    """What a form for a new agent may offer."""

    command: str
    directory: str
    profiles: list[str]
    hosts: list[str] = Field(description="Machines; empty where it can only be the server's.")


class Said(BaseModel):
    """How it went, in words."""

    said: str


class TmuxSession(BaseModel):
    """A session of the tmux server."""

    id: str
    name: str
    agent: bool = Field(description="The session as a whole is an agent.")


class Watcher(BaseModel):
    """Somebody who is watching."""

    name: str
    role: Role
    agent: str | None
    since: str


class NewShare(Strict):
    """Let somebody see one agent for a time."""

    agent: Annotated[str, Field(pattern=_REFERENCE, max_length=256)] = Field(
        description="Its id or name."
    )
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
    role: Annotated[Role, Field(strict=False)] = Role.VIEWER
    agent: Annotated[str, Field(pattern=_REFERENCE, max_length=256)] | None = Field(
        None,
        description="The whole name of the only agent it is about: one that a user gave, which stays.",
    )
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
    push: bool = Field(description="A browser that takes notifications, and no way in.")
