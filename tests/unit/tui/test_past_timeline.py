"""The time line of the past below a live dashboard."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health
from oma.model.ids import AgentId
from oma.tui.cells import Size, line_cells
from oma.tui.past_timeline import PastLane, PastTimeline, past_lines, past_rows
from oma.tui.timeline import NAME_COLUMNS
from tests.support.strategies import texts
from tests.unit.tui.fleets import BEGAN, PREFIX, text_of

HOUR_S = 3600.0
LANES = [
    PastLane(AgentId("$1"), f"{PREFIX}a", [(0.0, HOUR_S, Health.OK), (7200.0, 14400.0, Health.WAITING)]),
    PastLane(AgentId("$2"), f"{PREFIX}b", [(7200.0, 14400.0, Health.IDLE)]),
    PastLane(None, f"{PREFIX}gone", [(0.0, 60.0, Health.EXITED)]),
]  # fmt: skip
PAST = PastTimeline(BEGAN, 4 * HOUR_S, LANES)


def drawn(shown=None, columns=NAME_COLUMNS + 1 + 40, rows=4, timeline=PAST):
    lines = past_lines(
        timeline, shown, lambda name: name.removeprefix(PREFIX), Size(columns, rows)
    )
    return [text_of(line) for line in lines]


def test_a_lane_shows_how_an_agent_was_and_where_nobody_watched():
    ruler, *lanes = drawn()

    assert ruler == " last 4h        20:00 ──────────────22:00 ──────────────"
    assert lanes == [
        " a              ━━━━━━━━━━━         WWWWWWWWWWWWWWWWWWWW",
        " b                                  ····················",
        " gone           x                                       ",
    ]


def test_the_agent_that_is_selected_is_among_those_that_fit():
    assert [line.split()[0] for line in drawn(AgentId("$2"), rows=2)[1:]] == ["b"]
    assert [line.split()[0] for line in drawn(rows=2)[1:]] == ["a"]


@pytest.mark.parametrize(
    ("timeline", "rows", "taken"),
    [(None, 60, 0), (PAST, 11, 0), (PAST, 12, 2), (PAST, 24, 4), (PAST, 60, 4)],
)
def test_it_takes_a_sixth_of_the_rows_at_most(timeline, rows, taken):
    assert past_rows(timeline, Size(80, rows)) == taken


@given(texts(), st.integers(0, 200), st.integers(0, 8))
def test_it_fits_whatever_an_agent_is_called(name, columns, rows):
    timeline = attrs.evolve(PAST, lanes=[PastLane(None, name, [(0.0, 1.0, Health.OK)])])
    lines = past_lines(timeline, None, str, Size(columns, rows))

    assert len(lines) <= rows
    assert all(line_cells(line) <= columns for line in lines)
