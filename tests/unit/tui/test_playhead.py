"""Where a replay stands, key by key."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tui.playhead import FASTEST, SLOWEST, Playhead, clock_of, seconds_of, turn

END_S = 100.0
STOPS = (10.0, 20.0, 20.0, 40.0)


def pressed(playhead, *keys, now_s=0.0, stops=STOPS, end_s=END_S):
    said = ""
    for key in keys:
        playhead, said = turn(playhead, key, now_s, stops, end_s)
    return playhead, said


def at(playhead, *keys, now_s=0.0):
    return pressed(playhead, *keys, now_s=now_s)[0].moment_s(now_s, END_S)


def test_it_moves_with_the_wall_at_its_speed_and_stops_at_the_end():
    playhead = Playhead(set_s=5.0, since_s=1000.0, speed=4.0)

    assert playhead.moment_s(1002.0, END_S) == 13.0
    assert playhead.moment_s(2000.0, END_S) == END_S


def test_space_pauses_where_it_stands_and_goes_on_from_there():
    paused, _ = pressed(Playhead(), " ", now_s=7.0)
    going, _ = pressed(paused, " ", now_s=50.0)

    assert paused.moment_s(49.0, END_S) == 7.0
    assert going.moment_s(51.0, END_S) == 8.0


def test_arrows_jump_ten_seconds_and_stay_within_the_recording():
    assert at(Playhead(set_s=50.0), "Right") == 60.0
    assert at(Playhead(set_s=50.0), "Left", "Left") == 30.0
    assert at(Playhead(set_s=4.0), "Left") == 0.0
    assert at(Playhead(set_s=96.0), "Right") == END_S


def test_brackets_stop_at_the_transitions():
    assert at(Playhead(), "]") == 10.0
    assert at(Playhead(), "]", "]", "]") == 40.0
    assert at(Playhead(set_s=40.0), "[") == 20.0
    assert pressed(Playhead(), "]")[0].paused


def test_there_is_no_transition_beyond_the_last_and_the_first():
    assert pressed(Playhead(set_s=40.0), "]") == (Playhead(set_s=40.0), "no transition after")
    assert pressed(Playhead(set_s=10.0), "[") == (Playhead(set_s=10.0), "no transition before")


def test_a_new_speed_does_not_jump():
    faster, _ = pressed(Playhead(), "+", now_s=8.0)

    assert faster.moment_s(8.0, END_S) == 8.0
    assert faster.moment_s(9.0, END_S) == 10.0


def test_speeds_have_bounds():
    assert pressed(Playhead(), *"+" * 20)[0].speed == FASTEST
    assert pressed(Playhead(), *"-" * 20)[0].speed == SLOWEST


@pytest.mark.parametrize("digit", range(10))
def test_digits_go_to_tenths(digit):
    assert at(Playhead(set_s=33.0), str(digit)) == digit * 10.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90.0), ("90.5", 90.5), ("1:30", 90.0), ("1:02:03", 3723.0), (" 5 ", 5.0)],
)
def test_a_time_is_seconds_or_minutes_or_hours(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "x", "1:", "-5", "1:2:3:4", "1.5:00", "1e5", "٣", "nan"])
def test_what_is_no_time_is_none(text):
    assert seconds_of(text) is None


@given(st.integers(0, 10**6))
def test_a_clock_is_read_back(seconds):
    assert seconds_of(clock_of(seconds)) == seconds


def test_a_colon_asks_for_a_time_and_enter_goes_there():
    asking, _ = pressed(Playhead(), ":", "1", ":", "0", "5")

    assert asking.asking.text == "1:05"
    assert at(Playhead(), *":1:05", "Enter") == 65.0
    assert pressed(Playhead(), *":1:05", "Enter")[0].asking is None


def test_escape_and_nonsense_go_nowhere():
    assert at(Playhead(set_s=3.0), *":50", "Escape") == 3.0
    assert pressed(Playhead(set_s=3.0), *":5x", "Enter") == (
        Playhead(set_s=3.0),
        "no time: type 90, 1:30 or 1:02:03",
    )


def test_a_time_after_the_end_is_the_end_and_that_is_said():
    playhead, said = pressed(Playhead(), *":1:00:00", "Enter")

    assert playhead.moment_s(0.0, END_S) == END_S
    assert said == "it ends at 1:40"


def test_a_time_that_is_typed_while_it_plays_is_where_it_goes_on():
    asking, _ = pressed(Playhead(), *":50", now_s=0.0)
    gone, _ = pressed(asking, "Enter", now_s=9.0)

    assert gone.moment_s(10.0, END_S) == 51.0


@pytest.mark.parametrize("key", ["q", "w", "j", "Enter", "Up", "Escape", "?"])
def test_other_keys_are_not_its(key):
    assert turn(Playhead(), key, 0.0, STOPS, END_S) is None


@given(
    st.lists(st.tuples(st.sampled_from(list(" []+-:0123456789")), st.floats(0, 5))),
    st.floats(0, 100),
)
def test_it_never_leaves_the_recording(steps, start_s):
    playhead, now_s = Playhead(set_s=start_s), 0.0
    for key, passed_s in steps:
        now_s += passed_s
        playhead, _ = turn(playhead, key, now_s, STOPS, END_S)
        assert 0.0 <= playhead.moment_s(now_s, END_S) <= END_S
        assert 0.0 <= attrs.evolve(playhead, paused=True).moment_s(now_s, END_S) <= END_S
