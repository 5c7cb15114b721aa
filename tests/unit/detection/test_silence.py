import math

import pytest

from oma.detection.silence import Silence, is_typing
from oma.detection.structure import Place
from oma.detection.thresholds import Thresholds
from oma.model.health import Health


def test_three_claims_follow_one_another_without_a_hole():
    ok, idle, stuck = Silence("generic", Thresholds(), 1.5).claims()

    assert [c.health for c in (ok, idle, stuck)] == [Health.OK, Health.IDLE, Health.STUCK]
    assert [c.rule for c in (idle, stuck)] == ["generic/idle_warning", "generic/idle_critical"]
    assert (ok.firm_s, ok.end_s, idle.firm_s, idle.end_s, stuck.firm_s) == (
        1.5,
        61.5,
        61.5,
        301.5,
        301.5,
    )
    assert idle.evidence == "no output for 60 s"


def test_a_critical_threshold_below_the_warning_leaves_no_idle():
    thresholds = Thresholds(idle_warning_s=60, idle_critical_s=30)
    _, idle, stuck = Silence("generic", thresholds, 0.0).claims()

    assert idle.firm_s == idle.end_s == stuck.firm_s == 60


def test_exactly_one_claim_counts_at_any_time():
    silence = Silence("generic", Thresholds(), 1.5)

    for t in (1.5, 61.499999, 61.5, 301.499999, 301.5, 9999.0):
        assert [claim for claim in silence.claims() if claim.counts(t)] == [silence.claim(t)]


def test_a_claim_ends_where_the_next_one_begins():
    silence = Silence("generic", Thresholds(), 1.5)

    assert [silence.claim(t).end_s for t in (0.0, 1.5, 61.5, 301.5)] == [
        61.5,
        61.5,
        301.5,
        math.inf,
    ]


def test_activity_moves_every_moment():
    silence = Silence("generic", Thresholds(), 1.5)
    silence.active_s = 11.5

    assert (silence.claim(11.5).end_s, silence.claim(71.5).since_s) == (71.5, 71.5)


def unknown(known):
    """Return health, reason and beginning of what silence says of a known kind."""
    claims = Silence("claude", Thresholds(), 1.5, has_rules=True).claims(known)
    return [(claim.health, claim.reason, claim.since_s) for claim in claims]


def test_a_known_kind_that_rested_on_a_screen_that_nothing_explains_is_not_stuck():
    attention = (Health.IDLE, "attention", 301.5)
    assert unknown(Health.IDLE)[1:] == [(Health.IDLE, "unknown-screen", 6.5), attention]
    assert unknown(None)[1:] == [(Health.IDLE, "unknown-screen", 61.5), attention]


def test_a_known_kind_that_worked_when_it_fell_silent_may_hang():
    assert [health for health, *_ in unknown(Health.OK)] == [Health.OK, Health.IDLE, Health.STUCK]


def test_an_agent_with_a_composer_on_its_screen_rests_and_hangs_never():
    silence = Silence("generic", Thresholds(), 1.5, rests=True)

    assert [(c.health, c.rule, c.since_s) for c in silence.claims(Health.OK)][1:] == [
        (Health.IDLE, "generic/at_prompt", 4.5)
    ]
    assert (
        Silence("generic", Thresholds(2.0, 3.0), 1.5, rests=True).claim(3.5).health is Health.IDLE
    )


def test_who_has_rules_of_its_own_rests_later():
    claims = Silence("amp", Thresholds(), 1.5, has_rules=True, rests=True).claims(Health.OK)

    assert claims[1].since_s == 6.5


def test_an_agent_that_owes_an_answer_rests_no_sooner_than_one_without_a_composer():
    silence = Silence("generic", Thresholds(), 1.5, rests=True, owes=True)

    assert [(c.health, c.since_s) for c in silence.claims(Health.OK)][1:] == [(Health.IDLE, 61.5)]


def test_an_activity_before_rest_counts_at_once():
    silence = Silence("generic", Thresholds(), 1.5, rests=True)
    silence.active(3.0)

    assert (silence.active_s, silence.typed_s) == (3.0, None)


REST = {Place.CONVERSATION: ("Done.",), Place.COMPOSER: ("> ",), Place.STATUS: ("? help",)}


@pytest.mark.parametrize(
    ("changed", "typing"),
    [
        ({}, True),
        ({Place.COMPOSER: ("> m",)}, True),
        ({Place.COMPOSER: ("> m",), Place.STATUS: ("enter send",)}, True),
        ({Place.STATUS: ("⠋ thinking",)}, False),
        ({Place.COMPOSER: ("> m",), Place.CONVERSATION: ("Done.", "> m")}, False),
        ({Place.DIALOG: ("Allow it?",)}, False),
    ],
)
def test_a_draft_alone_is_typing_and_a_moving_line_below_it_is_not(changed, typing):
    assert is_typing(REST, REST | changed) is typing


@pytest.mark.parametrize(("part", "active_s"), [(Place.COMPOSER, 1.5), (Place.CONVERSATION, 20.0)])
def test_an_activity_at_rest_counts_when_a_look_found_more_than_a_draft(part, active_s):
    silence = Silence("generic", Thresholds(), 1.5, rests=True)

    silence.active(20.0)
    assert (silence.active_s, silence.typed_s) == (1.5, 20.0)

    silence.tell_typing(REST, lambda: REST | {part: ("more",)})
    assert (silence.active_s, silence.typed_s) == (active_s, None)
