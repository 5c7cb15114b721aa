import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.detection.hold_times import LONGEST_S, SETTLED_S, WARY_S, HoldTimes
from oma.detection.profile import RuleState
from oma.detection.profile_parser import profile_from_mapping

STATES = [state for state in RuleState if state is not RuleState.WAITING]


def rule(state="waiting", **keys):
    told = {"name": "r", "state": state, "scope": "screen", "any": "x", "reason": "r"} | keys
    return profile_from_mapping("x", {"rule": [told]}, "x.toml").rules[0]


@pytest.mark.parametrize("state", STATES)
def test_what_asks_nothing_counts_after_its_hold_time_however_still_the_screen_stands(state):
    each = rule(state)

    assert HoldTimes().firm_s(5.0, each, 5.0, is_whole=True, is_new=False) == 5.0 + each.hold_s


def test_a_question_counts_when_the_screen_has_stood_still_or_its_frame_is_whole():
    holds = HoldTimes()

    assert holds.firm_s(5.0, rule(), 5.0, is_whole=False, is_new=False) == 5.0 + SETTLED_S
    assert holds.firm_s(5.0, rule(), 5.0, is_whole=True, is_new=False) == 5.0


def test_a_rule_whose_author_wants_a_long_time_has_it():
    each = rule(hold_ms=300)

    assert HoldTimes().firm_s(5.0, each, 5.0, is_whole=True, is_new=False) == 5.3


def test_one_that_flickered_is_mistrusted_for_some_seconds():
    holds, each = HoldTimes(), rule()

    assert holds.missed(5.05, each, 5.0)

    assert holds.firm_s(5.1, each, 5.1, is_whole=True, is_new=False) == 5.2
    late_s = 5.05 + WARY_S + 1
    assert holds.firm_s(late_s, each, late_s, is_whole=True, is_new=False) == late_s


def test_one_that_held_and_went_is_trusted_as_before():
    holds, each = HoldTimes(), rule()

    assert not holds.missed(9.0, each, 5.0)

    assert holds.firm_s(9.1, each, 9.1, is_whole=True, is_new=False) == 9.1


@given(st.integers(0, 10**6), st.integers(0, 200_000), st.booleans(), st.booleans())
def test_no_question_waits_for_longer_than_it_has_to_hold(since_us, later_us, is_whole, flickers):
    holds, each, since_s = HoldTimes(), rule(), since_us / 1e6
    if flickers:
        holds.missed(since_s, each, since_s)
    t = round(since_s + later_us / 1e6, 6)

    firm_s = holds.firm_s(t, each, since_s, is_whole=is_whole, is_new=False)

    assert firm_s <= round(since_s + LONGEST_S, 6)
    assert firm_s >= min(t, round(since_s + LONGEST_S, 6))


def test_the_first_rest_counts_when_the_screen_has_stood_still_or_its_frame_is_whole():
    holds, each = HoldTimes(), rule("idle", hold_ms=300)

    assert holds.firm_s(5.0, each, 5.0, is_whole=False, is_new=True) == 5.0 + SETTLED_S
    assert holds.firm_s(5.0, each, 5.0, is_whole=True, is_new=True) == 5.0
    assert holds.firm_s(5.0, each, 5.0, is_whole=True, is_new=False) == 5.3


def test_a_rest_whose_author_wants_a_long_time_has_it():
    each = rule("idle", hold_ms=700)

    assert HoldTimes().firm_s(5.0, each, 5.0, is_whole=True, is_new=True) == 5.7
