"""The shapes of what only the command line prints with `--json`, key by key; docs/json.md is made of them.

Texts that an agent wrote (names, titles, what is queued) are as they came: hostile.
"""

from typing import TypedDict

from oma.model.document_shapes import AgentDocument


class HostAgentDocument(AgentDocument):
    """An agent of one of several machines; `agent` begins with the machine and a slash."""

    host: str
    """Where it runs."""


class HostsStatusDocument(TypedDict):
    """The agents of several machines."""

    hosts: list[str]
    """All that were asked."""
    unreached: dict[str, str]
    """Machine → why it said nothing."""
    agents: list[HostAgentDocument]
    """Machine by machine, in the order of `hosts`."""


class QueuedDocument(TypedDict):
    """A prompt that is queued."""

    number: int
    """`oma queue --edit` and `--remove` take it."""
    agent: str
    """The name of the agent that gets it."""
    state: str
    """`waiting`, or what became of it."""
    text: str
    """What is typed."""
    stopped: str | None
    """Why nothing is sent to the agent; null where something is."""


class KeptRecordingDocument(TypedDict):
    """One recording of the history."""

    path: str
    """Its file."""
    began: str
    """When it begins: date and time."""
    bytes: int
    """The size of its file and of those beside it."""


class ProfileDocument(TypedDict):
    """A profile in force."""

    name: str
    """Its name."""
    commands: list[str]
    """The programs that it describes."""
    rules: list[str]
    """The names of its rules, the first that counts first."""
    source: str
    """Where it is from: a file, or `built in`."""


class DecisionDocument(TypedDict):
    """What was decided about the pane of an agent."""

    placement: str
    """What was done: `open`, `defer`…"""
    agent: str | None
    """The agent's name; null where it is not known."""
    id: str | None
    """The agent's id."""
    session: str | None
    """tmux's id of its session."""
    pane: str | None
    """tmux's id of the pane that shows it."""
    window: str
    """tmux's id of the window."""
    reason: str
    """Why."""


class PlacementDocument(DecisionDocument):
    """A decision of a recording."""

    t: float
    """When, in seconds of the log."""
    seq: int
    """The number of its record."""


class DatedDecisionDocument(DecisionDocument):
    """A decision of whoever tiles the window now."""

    at: str
    """When: date and time."""


class PaneDocument(TypedDict):
    """What a pane of a tiled window is, and why."""

    pane: str
    """tmux's id of it."""
    window: str | None
    """tmux's id of its window; null where it is gone."""
    agent: str | None
    """Whom it shows; null for none."""
    reason: str
    """What it is."""
    decisions: list[DatedDecisionDocument]
    """What was decided about it, oldest first."""


class SentDocument(TypedDict):
    """A text that was sent."""

    agent: str
    """The agent's name."""
    echoed: bool
    """Its screen shows the text."""
    enter: bool
    """Enter was sent after it."""


class TokenDocument(TypedDict):
    """A token of `oma web`, what was shared by a link, or a browser that takes notifications."""

    name: str
    """Its name."""
    role: str
    """`viewer`, `operator` or `admin`."""
    agent: str | None
    """The only agent that it is about; null for all."""
    expires_s: int
    """Seconds until it ends."""
    shared: bool
    """It was shared by a link of the page."""
    push: bool
    """It is a browser that takes notifications, and no way in."""


class NewTokenDocument(TypedDict):
    """A token that was made."""

    name: str
    """Its name."""
    secret: str
    """What logs in; it is shown this once."""


class LinkDocument(TypedDict):
    """An address that logs in once."""

    url: str
    """The address."""
    role: str
    """What who uses it may do."""
    expires_s: float
    """Seconds until it ends."""


class ConfigDocument(TypedDict):
    """The configuration in force."""

    file: str | None
    """Where it was read from; null for the defaults."""
    config: dict[str, dict[str, object]]
    """Section → option → value; [every option](configuration.md)."""


class RecordingHeaderDocument(TypedDict):
    """The first line of a recording; it has more keys, [the recording format](recording.md) says which."""

    format: str
    """`oma-recording`."""
    version: int
    """Of the format."""
    started_at: str
    """Date and time at which `t` is 0."""


class RecordDocument(TypedDict):
    """Every other line of a recording; [the recording format](recording.md) says what keys a type has besides."""

    seq: int
    """Its number."""
    t: float
    """When, in seconds of the log."""
    type: str
    """What happened."""
