"""How the agents of another machine were until now."""

from datetime import timedelta

from oma.model.health import Health
from oma.tui.host_past import host_past
from tests.unit.tui.fleets import BEGAN, agent

NOW = BEGAN + timedelta(hours=2)
HERE = agent(1)
OK, WAITING, EXITED = Health.OK, Health.WAITING, Health.EXITED


def at(minute, health, name=HERE.name):
    return BEGAN + timedelta(minutes=minute), name, health


def lanes(*given):
    past = host_past(*given, [HERE], NOW)
    return past.length_s, {
        (each.agent, each.name): [(a / 60, b / 60, h) for a, b, h in each.spans]
        for each in past.lanes
    }


def test_each_change_lasts_until_the_next_and_the_last_until_now():
    told = [at(0, OK), at(30, WAITING), at(60, OK, "gone"), at(90, EXITED, "gone")]

    assert lanes([told], [at(100, OK)]) == (
        7200.0,
        {
            (HERE.id, HERE.name): [(0, 30, OK), (30, 100, WAITING), (100, 120, OK)],
            (None, "gone"): [(60, 90, OK), (90, 120, EXITED)],
        },
    )


def test_between_two_runs_nobody_watched():
    runs = [[at(0, OK), at(10, WAITING)], [at(60, OK)]]

    _, found = lanes(runs, [])

    assert found[HERE.id, HERE.name] == [(0, 10, OK), (10, 10, WAITING), (60, 120, OK)]


def test_what_is_told_twice_is_drawn_once_and_what_is_too_long_ago_is_not():
    runs = [[at(-3000, OK), at(-2900, WAITING), at(-2000, EXITED)], [at(60, OK)]]

    length_s, found = lanes(runs, [at(60, OK)])

    assert length_s == 86400
    assert [each for each in found[HERE.id, HERE.name] if each[0] < each[1]] == [(1380, 1440, OK)]
    assert lanes([], []) == (1.0, {(HERE.id, HERE.name): []})
