"""The shape of a score for JSON, key by key; docs/json.md is made of it. Times are in seconds of the recording."""

from typing import Annotated, TypedDict


class FalseAlarmDocument(TypedDict):
    """How often and for how long an alarm was told that was none."""

    count: int
    """So often."""
    seconds: float | None
    """For so long in all."""


class LatencyDocument(TypedDict):
    """How late a state was told, over all times at which it began."""

    intervals: int
    """So often it began."""
    missed: int
    """So often it was never told."""
    p50: float | None
    """Half of them were told within this time; null for never."""
    p90: float | None
    """Nine tenths of them were."""
    max: float | None
    """All of them were."""


_Span = TypedDict(
    "_Span",
    {
        "from": Annotated[float | None, "When it began."],
        "to": Annotated[float | None, "When it ended."],
    },
)


class MistakeDocument(_Span):
    """A time during which something else was told than what was true."""

    truth: str
    """What the agent was."""
    verdict: str | None
    """What was told; null for nothing."""
    rule: str
    """What decided; empty for nothing."""


class ScoreDocument(TypedDict):
    """How accurate the verdicts of a recording are, and how late."""

    recording: str
    """Its name; `total` for all of them together."""
    profile: str | None
    """The profile that was forced; null where the recording's own facts chose."""
    labelled_s: float | None
    """For how long the truth is known."""
    accuracy: dict[str, float | None]
    """Shares from 0 to 1 that were told right: of `all`, of `ok-idle-waiting`, and of each health."""
    confusion_s: dict[str, dict[str, float | None]]
    """True health → what was told → for how long."""
    false_stuck: FalseAlarmDocument
    """STUCK that was none."""
    false_waiting: FalseAlarmDocument
    """WAITING that was none."""
    latency_s: dict[str, LatencyDocument]
    """True health → how late it was told."""
    mistakes: list[MistakeDocument]
    """In the order of time."""
