"""Screens that no rule explained."""

import attrs
import pytest

from oma.detection.redaction import Redaction
from oma.model.events import PaneOutput, Record, SessionOpened, TimePassed
from oma.reducers.unexplained import UnexplainedScreens
from tests.support.fleet_play import PANE, captured, empty, sampled, seen
from tests.support.fleet_play import SESSION as SESSION_ID

NEW = b"\r\n  Something new 4711\r\n\r\n  of Bob\r\n"
CLAUDE = seen(command="claude", idle_s=0.0)
START = (SessionOpened(SESSION_ID, "oma-agent-1"), CLAUDE)


def found(*events, until=400.0, start=START, argv=("claude",)):
    """Fold the events, each with its time, and return what no rule explained."""
    fleet = empty().fleet
    screens = UnexplainedScreens(Redaction(frozenset({"new"})))
    log = [(0.0, event) for event in (*start, captured(NEW), sampled(argv))]
    for seq, (t, event) in enumerate([*log, *events, (until, TimePassed())], 1):
        screens.follow(fleet, Record(seq, t, event))
    return screens.found(until)


def test_a_screen_of_a_known_kind_is_told_masked_with_how_long_it_stood():
    (screen,) = found()

    assert attrs.asdict(screen) == {
        "profile": "claude",
        "columns": 80,
        "rows": 24,
        "title": "",
        "lines": ("  Xxxxxxxxx new 0000", "", "  xx Xxx"),
        "stood_s": 400.0,
        "times": 1,
    }


def test_it_ends_when_the_agent_goes_on():
    (screen,) = found((100.0, PaneOutput(PANE, b"\x1b]0;\xe2\xa0\x82 works\x07")), until=150.0)

    assert screen.stood_s == 100.0


def test_one_that_differs_by_a_number_is_the_same_one_again():
    (screen,) = found((100.0, PaneOutput(PANE, b"\x1b[2;17H12")))

    assert (screen.stood_s, screen.times) == (400.0, 2)


def test_another_one_is_another_one():
    first, second = found((100.0, PaneOutput(PANE, b"\x1b[2J\x1b[HBye")))

    assert (first.stood_s, second.stood_s) == (100.0, 300.0)
    assert second.lines == ("Xxx",)


@pytest.mark.parametrize(
    "events",
    [
        [(1.0, PaneOutput(PANE, b"\x1b[2J\x1b[H\xe2\x9d\xaf \r\n  ? for shortcuts"))],
        [(1.0, PaneOutput(PANE, b"\x1b[2J"))],
    ],
    ids=["explained", "blank"],
)
def test_a_screen_that_is_explained_or_shows_nothing_is_none(events):
    assert found(*events) == ()


def test_of_agents_of_no_known_kind_nothing_is_explained_and_nothing_told():
    start = (SessionOpened(SESSION_ID, "oma-agent-1"), seen(command="thing"))

    assert found(start=start, argv=("thing",)) == ()
