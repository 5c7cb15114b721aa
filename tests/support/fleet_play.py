"""Plays records into a fleet, as the store does, and keeps the transitions."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Self

import attrs

from oma.config.profiles import packaged_profiles
from oma.detection.profile import Profile
from oma.detection.thresholds import Thresholds
from oma.model.events import (
    Event,
    PaneCaptured,
    PaneOutput,
    PaneSeen,
    ProcessesSampled,
    ProcessSample,
    Record,
    SessionOpened,
)
from oma.model.health import Transition
from oma.model.ids import PaneId, SessionId, WindowId
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules

PANE, SESSION, WINDOW = PaneId("%1"), SessionId("$1"), WindowId("@1")


def seen(**changes: Any) -> PaneSeen:
    """What tmux says of a pane of a shell."""
    facts: dict[str, Any] = {
        "pane": PANE,
        "session": SESSION,
        "window": WINDOW,
        "pid": 100,
        "command": "bash",
        "title": "",
        "cwd": "/",
        "columns": 80,
        "rows": 24,
    }
    return PaneSeen(**facts | changes)


def captured(data: bytes = b"", **changes: Any) -> PaneCaptured:
    """A screen with its cursor at the top."""
    facts: dict[str, Any] = {
        "pane": PANE,
        "columns": 80,
        "rows": 24,
        "cursor_column": 0,
        "cursor_row": 0,
        "alternate": False,
    }
    return PaneCaptured(**facts | changes, data=data)


def sampled(
    argv: Sequence[str] = ("bash",), pane: PaneId = PANE, children: int = 0, pid: int = 0
) -> ProcessesSampled:
    """What the process table says of a pane."""
    return ProcessesSampled((ProcessSample(pane, tuple(argv), children, 1.5, 1000, pid),))


@attrs.define
class Play:
    """A fleet and what it said."""

    fleet: Fleet
    said: list[Transition] = attrs.Factory(list)
    seq: int = 0

    def at(self, t: float, *events: Event) -> Self:
        for event in events:
            self.seq += 1
            self.said += self.fleet.advance(t)
            self.said += self.fleet.fold(Record(self.seq, t, event))
        self.said += self.fleet.advance(t)
        return self

    def prints(self, t: float, text: str) -> Self:
        return self.at(t, PaneOutput(PANE, text.encode()))

    @property
    def healths(self) -> list[tuple[float, str, str]]:
        return [(s.t, str(s.verdict.health), s.verdict.reason) for s in self.said]


def play(**thresholds: Any) -> Play:
    """An agent that was just found on a blank screen."""
    return empty(**thresholds).at(
        0.0, SessionOpened(SESSION, "oma-agent-1"), seen(idle_s=0.0), captured(), sampled()
    )


def empty(*, at_once: bool = False, **thresholds: Any) -> Play:
    """No agent yet."""
    return Play(Fleet(Rules(_profiles(), Thresholds(**thresholds), at_once=at_once)))


@cache
def _profiles() -> tuple[Profile, ...]:
    return packaged_profiles()
