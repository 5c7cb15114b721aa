"""The terminal rings once for each agent that starts to need the user, and for nothing else."""

import attrs

from oma.model.health import Health, Transition
from oma.tui.bell import TerminalBell
from tests.unit.tui.fleets import verdict

OK, IDLE, WAITING, STUCK = Health.OK, Health.IDLE, Health.WAITING, Health.STUCK


def change(source, health, t=10.0, agent="a"):
    return Transition(t, 1, agent, source, verdict(health))


def test_what_rings():
    rows = [
        (OK, WAITING, True),
        (IDLE, STUCK, True),
        (Health.EXITED, WAITING, True),
        (None, WAITING, False),
        (WAITING, STUCK, False),
        (STUCK, WAITING, False),
        (OK, IDLE, False),
        (WAITING, OK, False),
    ]
    wrong = [row for row in rows if TerminalBell(5.0).rings([change(*row[:2])]) is not row[2]]
    assert wrong == []


def test_what_was_told_rings_no_more_and_what_comes_does():
    bell, first = TerminalBell(5.0), change(OK, WAITING)
    assert bell.rings([first])
    assert not bell.rings([first])
    assert not bell.rings([first, change(WAITING, OK, 11.0)])
    assert bell.rings([first, change(WAITING, OK, 11.0), change(OK, STUCK, 12.0)])
    assert bell.rings([attrs.evolve(first, agent="b"), first])


def test_what_happened_before_the_dashboard_began_rings_nothing():
    assert not TerminalBell(20.0).rings([change(OK, WAITING, 10.0)])
