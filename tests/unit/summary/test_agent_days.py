from datetime import UTC, date, timedelta, timezone

from oma.summary.agent_days import days_of_agents
from oma.summary.stretches import stretches_of
from tests.unit.summary.logs import EXITED, IDLE, OK, STUCK, WAITING, change, log

NIGHT = 15 * 60
"""Minutes from nine in the morning to midnight."""


def days(*changes, ended=60, zone=UTC):
    return days_of_agents(stretches_of([log(*changes, ended=ended)]), zone)


def test_time_is_counted_by_state_and_answers_by_how_long_the_agent_waited():
    [day] = days(
        change(0, OK),
        change(10, WAITING),
        change(12, OK),
        change(20, WAITING),
        change(26, IDLE),
        change(30, STUCK, "rate-limit"),
        change(40, OK),
        change(41, STUCK, "rate-limit"),
        change(42, STUCK, "login"),
        change(50, WAITING),
        change(55, EXITED),
    )

    assert (day.day, day.agent, day.kind, day.project) == (
        date(2026, 11, 20),
        "a",
        "claude",
        "/srv/x",
    )
    minutes = {health: seconds / 60 for health, seconds in day.seconds.items()}
    assert minutes == {OK: 19, WAITING: 13, IDLE: 4, STUCK: 19, EXITED: 5}
    assert day.waits == 3
    assert day.answers_s == (120.0, 360.0)  # the third one was not answered
    assert day.median_answer_s == 240.0
    assert day.failures == {"rate-limit": 2, "login": 1}


def test_without_an_answer_there_is_no_median():
    [day] = days(change(0, WAITING))

    assert (day.waits, day.answers_s, day.median_answer_s) == (1, (), None)


def test_midnight_cuts_and_a_wait_counts_on_the_day_it_began_its_answer_when_it_came():
    first, second = days(
        change(0, OK), change(NIGHT - 10, WAITING), change(NIGHT + 20, OK), ended=NIGHT + 60
    )

    assert (first.day, second.day) == (date(2026, 11, 20), date(2026, 11, 21))
    assert (first.seconds[WAITING], second.seconds[WAITING]) == (600, 1200)
    assert (first.waits, first.answers_s) == (1, ())
    assert (second.waits, second.answers_s) == (0, (1800.0,))


def test_what_ends_or_begins_at_midnight_is_of_one_day():
    first, second = days(
        change(0, OK), change(1, IDLE), change(NIGHT, OK), change(NIGHT + 1, IDLE), ended=NIGHT + 2
    )

    assert {health: s / 60 for health, s in first.seconds.items()} == {OK: 1, IDLE: NIGHT - 1}
    assert second.seconds == {OK: 60, IDLE: 60}


def test_days_begin_at_midnight_of_the_zone():
    east = timezone(timedelta(hours=15))  # nine in the morning is midnight there

    [day] = days(change(0, OK), ended=60, zone=east)
    assert day.day == date(2026, 11, 21)
    assert [each.day for each in days(change(0, OK), ended=60, zone=None)]


def test_agents_and_days_are_in_order():
    found = days(change(0, OK, agent="b"), change(0, OK, agent="a"), ended=NIGHT + 1)

    assert [(each.day.day, each.agent) for each in found] == [
        (20, "a"),
        (20, "b"),
        (21, "a"),
        (21, "b"),
    ]
