import math

from oma.detection.claims import Claim, moment, next_moment, strongest
from oma.model.health import Health


def claim(rule, priority, firm_s=0.0, end_s=math.inf):
    return Claim(Health.OK, "r", rule, "e", 0.0, firm_s, priority, end_s)


def test_a_claim_counts_from_its_first_moment_until_before_its_last():
    found = claim("a", 1, 2.0, 3.0)

    assert [found.counts(t) for t in (1.9, 2.0, 2.9, 3.0)] == [False, True, True, False]


def test_the_strongest_that_counts_decides_and_the_first_of_equals():
    claims = (claim("late", 9, firm_s=5.0), claim("a", 3), claim("b", 3), claim("weak", 1))

    assert strongest(claims, 0.0).rule == "a"
    assert strongest(claims, 5.0).rule == "late"
    assert strongest((), 5.0) is None


def test_the_next_moment_is_later_than_now():
    claims = (claim("a", 1, 2.0, 4.0), claim("b", 1, 3.0))

    assert [next_moment(claims, t) for t in (0.0, 2.0, 3.0, 4.0)] == [2.0, 3.0, 4.0, math.inf]


def test_moments_are_on_the_grid_of_the_log():
    assert moment(0.1, 0.2) == 0.3
