"""Plays records into a fleet, as the store does, and keeps the transitions."""

from functools import cache

import attrs

from oma.config.profiles import packaged_profiles
from oma.detection.thresholds import Thresholds
from oma.model.events import (
    PaneCaptured,
    PaneOutput,
    PaneSeen,
    ProcessesSampled,
    ProcessSample,
    Record,
    SessionOpened,
)
from oma.model.ids import PaneId, SessionId, WindowId
from oma.reducers.agent import Rules
from oma.reducers.fleet import Fleet

PANE, SESSION, WINDOW = PaneId("%1"), SessionId("$1"), WindowId("@1")


def seen(**changes):
    """What tmux says of a pane of a shell."""
    facts = {
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


def captured(data=b"", **changes):
    """A screen with its cursor at the top."""
    facts = {
        "pane": PANE,
        "columns": 80,
        "rows": 24,
        "cursor_column": 0,
        "cursor_row": 0,
        "alternate": False,
    }
    return PaneCaptured(**facts | changes, data=data)


def sampled(argv=("bash",), pane=PANE, children=0):
    """What the process table says of a pane."""
    return ProcessesSampled((ProcessSample(pane, tuple(argv), children, 1.5, 1000),))


@attrs.define
class Play:
    """A fleet and what it said."""

    fleet: Fleet
    said: list = attrs.Factory(list)
    seq: int = 0

    def at(self, t, *events):
        for event in events:
            self.seq += 1
            self.said += self.fleet.advance(t)
            self.said += self.fleet.fold(Record(self.seq, t, event))
        self.said += self.fleet.advance(t)
        return self

    def prints(self, t, text):
        return self.at(t, PaneOutput(PANE, text.encode()))

    @property
    def healths(self):
        return [(s.t, str(s.verdict.health), s.verdict.reason) for s in self.said]


def play(**thresholds):
    """An agent that was just found on a blank screen."""
    return empty(**thresholds).at(
        0.0, SessionOpened(SESSION, "oma-agent-1"), seen(idle_s=0.0), captured(), sampled()
    )


def empty(*, at_once=False, **thresholds):
    """No agent yet."""
    return Play(Fleet(Rules(_profiles(), Thresholds(**thresholds), at_once=at_once)))


@cache
def _profiles():
    return packaged_profiles()
