"""The time line of a recording."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from oma.model.health import Health, Transition
from oma.tui.cells import Size, line_cells
from oma.tui.timeline import NAME_COLUMNS, Timeline, timeline_lines, timeline_rows
from tests.unit.tui.fleets import PREFIX, text_of, verdict


def agent_timeline(name, *changes):
    return [
        Transition(t, 1, f"{PREFIX}{name}", None, verdict(health, since_s=t))
        for t, health in changes
    ]


LANES = {
    f"{PREFIX}a": agent_timeline("a", (0.0, Health.OK), (50.0, Health.WAITING), (50.1, Health.OK)),
    f"{PREFIX}b": agent_timeline("b", (50.0, Health.IDLE)),
}
LINE = Timeline(
    moment_s=20.0,
    end_s=100.0,
    whole=True,
    speed=1.0,
    paused=False,
    rules="x",
    agent_timelines=LANES,
)


def drawn(timeline=LINE, shown=None, columns=NAME_COLUMNS + 1 + 20, rows=3):
    lines = timeline_lines(
        timeline, shown, lambda name: name.removeprefix(PREFIX), Size(columns, rows)
    )
    return [text_of(line) for line in lines]


def bars(*given, **also):
    return [line[NAME_COLUMNS:] for line in drawn(*given, **also)[1:]]


def test_a_lane_shows_how_an_agent_was_and_where_the_replay_stands():
    assert bars()[0] == "━━━━│━━━━━W━━━━━━━━━"


def test_a_short_wait_is_not_lost_between_two_columns():
    assert "W" in bars(attrs.evolve(LINE, end_s=100000.0))[0]


def test_an_agent_is_not_there_before_its_first_transition():
    assert bars()[1] == "    │     ··········"


def test_the_ruler_tells_place_length_speed_and_state():
    paused = attrs.evolve(LINE, paused=True, speed=0.25, end_s=4000.0, moment_s=3723.0)
    reading = attrs.evolve(LINE, whole=False)

    assert drawn(paused, columns=80)[0].startswith(" 1:02:03/1:06:40")
    assert "paused 0.25x" in drawn(paused, columns=80)[0]
    assert "playing 1x reading…" in drawn(reading, columns=80)[0]


def test_the_agent_that_is_shown_is_among_those_that_fit():
    assert [line.split()[0] for line in drawn(shown=f"{PREFIX}b", rows=2)[1:]] == ["b"]
    assert [line.split()[0] for line in drawn(shown=None, rows=2)[1:]] == ["a"]


def test_a_lane_has_the_latest_name_of_its_agent():
    told = [
        *agent_timeline("task one", (0.0, Health.OK)),
        *agent_timeline("two", (9.0, Health.IDLE)),
    ]
    lines = drawn(attrs.evolve(LINE, agent_timelines={"%5": told}), shown="%5")

    assert [line.split()[0] for line in lines[1:]] == ["two"]


def test_a_quarter_of_the_screen_is_its_at_most():
    assert timeline_rows(LINE, Size(80, 24)) == 3
    assert (
        timeline_rows(
            attrs.evolve(LINE, agent_timelines=dict.fromkeys(range(20), ())), Size(80, 24)
        )
        == 6
    )
    assert timeline_rows(LINE, Size(80, 7)) == 0


@given(
    st.integers(0, 200),
    st.integers(0, 6),
    st.floats(0, 1),
    st.floats(0, 1e6),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(Health)), min_size=1, max_size=5),
)
def test_it_is_never_wider_or_higher_than_its_room(columns, rows, part, end_s, changes):
    changes = sorted((at * end_s, health) for at, health in changes)
    line = attrs.evolve(
        LINE,
        moment_s=part * end_s,
        end_s=end_s,
        agent_timelines={"%1": agent_timeline("\x1b[2J个", *changes)},
    )

    lines = timeline_lines(line, None, str, Size(columns, rows))

    assert len(lines) <= rows
    assert all(line_cells(each) <= columns for each in lines)
    assert all("\x1b" not in text_of(each) for each in lines)
