"""What an agent's own status file claims, and what the screen says against it."""

import math

import pytest

from oma.detection import claims
from oma.detection.evidence import Evidence
from oma.detection.status_claims import REST_S, status_file_claims
from oma.model.health import Health
from oma.model.ids import PaneId
from oma.model.status_file import StatusFileRead


def claims_of(state, detail="", idle_s=None, working_s=None, age_s=0.0, watched_s=0.0):
    told = StatusFileRead(PaneId("%1"), 7, state, detail, age_s)
    evidence = Evidence((), 0, 0, "", "x", status_file=told, status_file_s=5.0)
    return status_file_claims("x", evidence, idle_s, working_s, watched_s)


@pytest.mark.parametrize(
    ("state", "detail", "health", "reason", "firm_s"),
    [
        ("working", "", Health.OK, "working", 5.0),
        ("idle", "", Health.IDLE, "finished", 5.0 + REST_S),
        ("waiting", "", Health.WAITING, "question", 5.0),
        ("waiting", "input needed", Health.WAITING, "question", 5.0),
        ("waiting", "permission prompt", Health.WAITING, "permission", 5.0),
    ],
)
def test_a_status_file_is_taken_at_its_word(state, detail, health, reason, firm_s):
    (claim,) = claims_of(state, detail)

    assert (claim.health, claim.reason, claim.rule) == (health, reason, "x/status_file")
    assert (claim.since_s, claim.firm_s, claim.end_s) == (5.0, firm_s, math.inf)
    assert claims.PRIORITY_MARKER < claim.priority < claims.PRIORITY_ERROR_LINE
    assert state in claim.evidence
    assert detail in claim.evidence


def test_what_is_not_understood_claims_nothing():
    assert claims_of("") == claims_of("dreaming") == ()
    assert status_file_claims("x", Evidence((), 0, 0, "", "x"), None, None) == ()


@pytest.mark.parametrize(
    ("state", "idle_s", "working_s", "end_s"),
    [
        ("idle", 6.0, 7.0, 7.0),  # it works again, and the file was not read since
        ("idle", 4.0, 4.0, math.inf),  # a sign of work that was left behind
        ("waiting", None, 5.5, 5.5),  # it was answered
        ("waiting", 6.5, None, 6.5),
        ("waiting", 4.0, 4.0, math.inf),
        ("working", 9.0, None, math.inf),  # a prompt stands there while it works, too
    ],
)
def test_a_sign_on_the_screen_that_came_later_knows_better(state, idle_s, working_s, end_s):
    (claim,) = claims_of(state, "", idle_s, working_s)

    assert claim.end_s == end_s


@pytest.mark.parametrize(
    ("working_s", "watched_s", "end_s"),
    [
        (
            4.0,
            0.0,
            4.0,
        ),  # it went to work after it wrote that it rests, and nobody had read that yet
        (1.0, 0.0, math.inf),
        (4.0, 4.5, math.inf),  # it was there at the first look
    ],
)
def test_a_file_is_as_old_as_it_is_though_it_is_read_now(working_s, watched_s, end_s):
    (claim,) = claims_of("idle", working_s=working_s, age_s=3.0, watched_s=watched_s)

    assert (claim.since_s, claim.end_s) == (5.0, end_s)


def test_a_dialog_that_the_user_may_have_opened_says_less_than_what_the_screen_shows():
    (claim,) = claims_of("waiting", "dialog open")

    assert claims.PRIORITY_SILENCE < claim.priority < claims.PRIORITY_PROMPT
