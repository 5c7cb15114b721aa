import json
from datetime import UTC

from oma.summary.agent_days import days_of_agents
from oma.summary.stats_text import stats_document, stats_lines
from oma.summary.stretches import stretches_of
from tests.unit.summary.logs import OK, STUCK, WAITING, change, log

DAYS = days_of_agents(
    stretches_of(
        [
            log(
                change(0, OK),
                change(10, WAITING),
                change(12, OK),
                change(50, STUCK, "rate-limit"),
                change(0, OK, agent="\x1b[2J"),
            )
        ]
    ),
    UTC,
)


def test_each_day_is_a_row_that_no_agent_can_break():
    assert stats_lines(DAYS) == [
        "DAY         AGENT  PROFILE  OK   IDLE  WAITING  STUCK  ANSWERED  HALF WITHIN  LONGEST  FAILURES",
        "2026-11-20  ␛[2J   claude   1h   -     -        -      -         -            -        -",
        "2026-11-20  a      claude   48m  -     2m       10m    1/1       2m           2m       rate-limit 1",
    ]


def test_where_no_agent_was_there_that_is_said():
    assert stats_lines([]) == ["no agent was there"]


def test_machines_get_the_same_in_seconds():
    assert json.loads(json.dumps(stats_document(DAYS)))[1] == {
        "day": "2026-11-20",
        "agent": "a",
        "profile": "claude",
        "project": "/srv/x",
        "seconds": {"ok": 2880.0, "idle": 0.0, "waiting": 120.0, "stuck": 600.0},
        "waits": 1,
        "answered": 1,
        "answered_in_s": {"median": 120.0, "longest": 120.0},
        "failures": {"rate-limit": 1},
    }
