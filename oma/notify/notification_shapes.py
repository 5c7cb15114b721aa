"""The shape of a notification for JSON, key by key; docs/json.md is made of it."""

from typing import TypedDict

from oma.model.document_shapes import DialogDocument, TransitionDocument


class NoticeDocument(TransitionDocument):
    """A change of an agent that a notification tells of."""

    again: bool
    """It was told before, and is so still."""
    project: str
    """The repository that its directory is in, else the directory."""
    branch: str
    """The git branch there; empty if there is none."""
    task: str
    """What its title says that it does; empty if nothing."""
    dialog: DialogDocument | None
    """What it asks; null if nothing."""


class NotificationDocument(TypedDict):
    """What is told at once, on every channel."""

    kind: str
    """`news`, `reminder`, or `summary` for several agents."""
    at: str
    """Date and time."""
    title: str
    """In one line; printable."""
    body: str
    """Printable."""
    agents: list[NoticeDocument]
    """As agents wrote it."""
