from datetime import timedelta

from oma.summary.lanes import PARTS, Lanes
from tests.unit.summary.logs import EXITED, IDLE, OK, WAITING, at, change, log

DAY = timedelta(days=1)
PART_S = DAY.total_seconds() / PARTS


def lanes(*logs):
    made = Lanes(at(0), at(0) + DAY)
    for each in logs:
        made.add(each)
    return made


def test_a_lane_is_how_an_agent_was_and_nothing_where_nobody_watched():
    made = lanes(
        log(change(0, OK), change(240, IDLE), ended=480),
        log(change(960, EXITED), began=960, ended=1440),
    )

    (first, second, third) = made.spans("a")
    assert [first[2], second[2], third[2]] == [OK, IDLE, EXITED]
    assert first[1] - second[0] == PART_S or first[1] == second[0]
    assert abs(second[1] - 480 * 60) <= PART_S
    assert abs(third[0] - 960 * 60) <= PART_S
    assert third[1] == DAY.total_seconds()


def test_a_part_shows_how_the_agent_was_longest_and_of_equals_the_more_urgent():
    """A part of a day is nearly three minutes."""
    made = lanes(log(change(0, OK), change(100, WAITING), change(100.1, OK), ended=1440))
    assert [health for _, _, health in made.spans("a")] == [OK]

    made = lanes(log(change(0, OK), change(100, WAITING), change(110, OK), ended=1440))
    assert [health for _, _, health in made.spans("a")] == [OK, WAITING, OK]

    made = Lanes(at(0), at(PARTS))
    made.add(log(change(0, OK), change(0.5, WAITING), ended=1))
    assert [health for _, _, health in made.spans("a")] == [WAITING]


def test_an_agent_is_known_again_by_its_name_and_one_that_is_not_has_no_lane():
    made = lanes(log(change(0, OK, id="$1")), log(change(60, OK, id="$2"), began=60, ended=120))

    assert made.names == ("a",)
    assert [health for _, _, health in made.spans("a")] == [OK]
    assert made.spans("nobody") == []


def test_what_was_before_the_first_part_counts_from_there_on():
    made = Lanes(at(60), at(120))
    made.add(log(change(0, OK), change(30, WAITING), ended=90))

    assert made.spans("a")[0] == (0.0, made.spans("a")[0][1], WAITING)
    assert len(made.spans("a")) == 1


def test_a_log_that_is_added_later_is_drawn_too():
    made = lanes(log(change(0, OK), ended=10))
    before = made.spans("a")
    made.add(log(change(20, WAITING), began=20, ended=30))

    assert len(made.spans("a")) > len(before)
