"""The shapes of summaries for JSON, key by key; docs/json.md is made of them. Lengths are in seconds."""

from typing import TypedDict


class StretchDocument(TypedDict):
    """A time during which an agent was in one state."""

    at: str
    """When it began: date and time."""
    lasted_s: float
    """For how long."""
    reason: str
    """Why, as a code."""
    about: str
    """What it asked, or the line or fact that was seen."""
    became: str | None
    """Its health afterwards; null where that is not known."""


class AgentDigestDocument(TypedDict):
    """What happened to one agent."""

    agent: str
    """Its name."""
    profile: str
    """Its kind."""
    project: str
    """The repository that its directory was in, else the directory."""
    health: str
    """Its health at the end."""
    worked_s: float
    """For how long it worked."""
    waited_s: float
    """For how long it waited."""
    waits: list[StretchDocument]
    """When it waited, and on what."""
    failures: list[StretchDocument]
    """When it was stuck."""
    finished: list[str]
    """When it came to rest after work: dates and times."""
    ended: StretchDocument | None
    """When its process ended; null if it did not."""


class DigestDocument(TypedDict):
    """What happened in a span of time."""

    since: str
    """When it begins: date and time."""
    until: str
    """When it ends."""
    agents: list[AgentDigestDocument]
    """Those to whom something happened."""


class AnswerTimesDocument(TypedDict):
    """How long an agent waited for its answers."""

    median: float | None
    """Half of the answers came within this time; null for no answer."""
    longest: float | None
    """All of them did."""


class AgentDayDocument(TypedDict):
    """One agent on one day."""

    day: str
    """`2026-11-30`, of the local calendar."""
    agent: str
    """Its name."""
    profile: str
    """Its kind."""
    project: str
    """The repository that its directory was in, else the directory."""
    seconds: dict[str, float]
    """`ok`, `idle`, `waiting` and `stuck` → for how long."""
    waits: int
    """So often it waited."""
    answered: int
    """So many of these waits were answered."""
    answered_in_s: AnswerTimesDocument
    """How soon."""
    failures: dict[str, int]
    """Reason, as a code → so often it was stuck for it."""
