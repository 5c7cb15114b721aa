import math

import attrs
import pytest

from oma.detection.evidence import Evidence
from oma.detection.status_report import REST_S, report_claims
from oma.model.health import Ending, Health
from oma.model.signals import StatusReported


def evidence(report, report_s=5.0):
    return Evidence((), 0, 0, "", "codex", report=report, report_s=report_s)


@pytest.mark.parametrize(
    ("state", "kind", "health", "reason"),
    [
        ("working", "", Health.OK, "working"),
        ("blocked", "", Health.WAITING, "blocked"),
        ("blocked", "permission", Health.WAITING, "permission"),
        ("error", "", Health.STUCK, "error"),
        ("done", "", Health.IDLE, "finished"),
        ("idle", "", Health.IDLE, "finished"),
    ],
)
def test_a_report_is_taken_at_its_word(state, kind, health, reason):
    (claim,) = report_claims("codex", evidence(StatusReported(state, kind)), None)

    assert (claim.health, claim.reason, claim.rule) == (health, reason, "codex/report")
    assert (claim.since_s, claim.end_s) == (5.0, math.inf)


@pytest.mark.parametrize("report", [None, StatusReported("clear"), StatusReported("dancing")])
def test_what_is_no_state_claims_nothing(report):
    assert report_claims("codex", evidence(report), None) == ()


def test_the_message_is_evidence():
    (claim,) = report_claims("x", evidence(StatusReported("error", message="out of quota")), None)

    assert claim.evidence == "reports error:out of quota"


@pytest.mark.parametrize("state", ["working", "blocked"])
@pytest.mark.parametrize(("idle_screen_s", "end_s"), [(3.0, 6.0), (8.0, 9.0)])
def test_an_idle_screen_ends_a_report_after_a_second(state, idle_screen_s, end_s):
    (claim,) = report_claims("codex", evidence(StatusReported(state)), idle_screen_s)

    assert claim.end_s == end_s


def test_an_idle_screen_says_nothing_against_a_failure():
    (claim,) = report_claims("codex", evidence(StatusReported("error")), 3.0)

    assert claim.end_s == math.inf


@pytest.mark.parametrize(
    ("state", "hold_s"), [("done", REST_S), ("idle", REST_S), ("working", 0), ("error", 0)]
)
def test_a_rest_of_some_milliseconds_is_none(state, hold_s):
    (claim,) = report_claims("codex", evidence(StatusReported(state)), None)

    assert claim.firm_s == 5.0 + hold_s


def test_a_failure_or_a_limit_that_is_reported_may_say_when_it_ends():
    report = StatusReported("error", message="limit reached, resets 3:45pm")
    (failed,) = report_claims("x", evidence(report), None)
    (asks,) = report_claims("x", evidence(attrs.evolve(report, state="blocked")), None)
    other = StatusReported("blocked", message="run it again in 5m?")

    assert (failed.ending, asks.ending) == (Ending("3:45pm"), Ending("3:45pm"))
    assert report_claims("x", evidence(other), None)[0].ending is None
