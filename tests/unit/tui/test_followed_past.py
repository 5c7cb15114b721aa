"""The time line of one machine is made when something of it has changed, and not else."""

from datetime import timedelta

import attrs

from oma.model.health import Health, Transition
from oma.model.wall_time import WallTime
from oma.summary.health_changes import change_of
from oma.tui.followed_past import FollowedPast
from tests.unit.tui.fleets import BEGAN, agent, verdict

BOX = attrs.evolve(agent(1, host="box"), name="box/a", id="$1@box")
OTHER = attrs.evolve(agent(1, host="gpu1"), name="gpu1/a", id="$1@gpu1")
CALENDAR = WallTime(BEGAN)


def told(of, t, health):
    return Transition(t, 1, of.name, None, attrs.evolve(verdict(health), since_s=t), of.id)


def change(of, t, health):
    return change_of(told(of, t, health), of, BEGAN + timedelta(seconds=t))


def spans(past, changes, now_s, host="box", runs=()):
    line = past.timeline(host, runs, changes, (BOX, OTHER), CALENDAR, now_s)
    return {lane.name: [(s, e, h) for s, e, h in lane.spans] for lane in line.lanes}


def test_what_a_machine_told_before_and_tells_now_is_on_its_time_line_and_nothing_of_others():
    past, runs = FollowedPast(), [[told(BOX, -60.0, Health.IDLE)]]
    seen = [change(OTHER, 5.0, Health.OK), change(BOX, 10.0, Health.OK)]
    assert spans(past, seen, 20.5, runs=runs) == {
        "box/a": [(0.0, 70.0, Health.IDLE), (70.0, 80.5, Health.OK)]
    }
    past.take("gpu1", change(OTHER, 21.0, Health.WAITING))
    past.take("box", change(BOX, 30.0, Health.WAITING))
    assert spans(past, (), 40.0, runs=runs)["box/a"][1:] == [
        (70.0, 90.0, Health.OK),
        (90.0, 100.0, Health.WAITING),
    ]
    assert spans(past, seen, 40.0, host="gpu1") == {"gpu1/a": [(0.0, 35.0, Health.OK)]}


def test_it_is_made_anew_once_a_second_and_after_a_change_of_its_own_machine():
    past, runs = FollowedPast(), [[told(BOX, -60.0, Health.IDLE)]]

    def line(now_s):
        return past.timeline("box", runs, (), (BOX, OTHER), CALENDAR, now_s)

    first = line(20.0)
    past.take("gpu1", change(OTHER, 20.1, Health.WAITING))
    assert line(20.4) is first
    past.take("box", change(BOX, 20.5, Health.WAITING))
    second = line(20.6)
    assert second is not first
    assert line(20.9) is second
    assert line(21.0) is not second
