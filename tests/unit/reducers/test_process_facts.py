import pytest

from oma.model.health import Health
from oma.reducers.process_facts import process_ended, session_gone, unseen, unwatched
from tests.support.fleet_play import seen


def test_a_session_that_is_gone_has_exited_for_its_reason():
    verdict = session_gone("server-gone", "it went", 7.0)

    assert (verdict.health, verdict.reason) == (Health.EXITED, "server-gone")
    assert (verdict.evidence, verdict.since_s) == ("it went", 7.0)


@pytest.mark.parametrize(
    ("status", "evidence"),
    [(None, "its process ended"), (0, "exit status 0"), (3, "exit status 3")],
)
def test_a_process_that_ended_is_told_with_its_status_where_that_is_known(status, evidence):
    verdict = process_ended(seen(dead=True, dead_status=status), 5.0, None)

    assert (verdict.health, verdict.evidence) == (Health.EXITED, evidence)


def test_a_process_ended_when_that_was_first_told():
    first = process_ended(seen(dead=True), 5.0, unseen(0.0))

    assert (first.since_s, process_ended(seen(dead=True), 6.0, first).since_s) == (5.0, 5.0)


def test_what_was_not_looked_at_is_no_alarm():
    assert [(v.health, v.reason) for v in (unwatched("why", 0.0), unseen(0.0))] == [
        (Health.OK, "unwatched"),
        (Health.OK, "unseen"),
    ]
    assert unwatched("it would end", 0.0).evidence == "it would end"
