import math

from oma.detection.silence import Silence
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
        (Health.IDLE, "generic/at_prompt", 6.5)
    ]
    assert (
        Silence("generic", Thresholds(2.0, 3.0), 1.5, rests=True).claim(3.5).health is Health.IDLE
    )
