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
