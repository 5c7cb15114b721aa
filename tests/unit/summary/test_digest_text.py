import json
from datetime import UTC

from oma.summary.digest import digest
from oma.summary.digest_text import ABOUT_COLUMNS, MOST_TROUBLES, digest_document, digest_lines
from tests.unit.summary.logs import EXITED, OK, STUCK, WAITING, at, change, log
from tests.unit.summary.test_digest import MORNING


def test_the_morning_is_told_in_a_few_lines():
    told = digest([MORNING], at(0))

    assert digest_lines(told, UTC) == [
        "Since 09:00 (1h): 5 agents: 5 worked, 1 waited, 1 failed, 1 finished, 1 ended, 2 waits in all",
        "",
        "asker  WAITING  claude  worked 16m  waited 44m",
        "  09:10  waits 4m  permission: Proceed? [rm -rf build]",
        "  09:20  waits 40m until now  question: why",
        "",
        "fails  STUCK  claude  worked 1m",
        "  09:31  stuck 29m until now  rate-limit: why",
        "",
        "leaves  EXITED  claude  worked 5m  ended 09:45: why",
        "",
        "quiet  IDLE  claude  worked 2m",
        "",
        "worker  IDLE  claude  worked 5m  finished 09:05",
    ]


def test_where_nothing_happened_that_is_said():
    assert digest_lines(digest([log()], at(0)), UTC) == ["Since 09:00 (1h): nothing happened"]


def test_of_another_day_the_date_is_told():
    told = digest([log(change(0, WAITING), change(1, OK), ended=60 * 24)], at(0))

    assert digest_lines(told, UTC)[0].startswith("Since 2026-11-20 09:00 (1d)")
    assert digest_lines(told, UTC)[3].startswith("  2026-11-20 09:00  waits 1m  ")


def test_no_agent_can_reach_the_terminal():
    evil = "\x1b[2J\n" + "x" * 300
    told = digest(
        [log(change(0, STUCK, agent=evil, about=evil), change(1, EXITED, agent=evil, about=evil))],
        at(0),
    )

    lines = digest_lines(told, UTC)
    assert all("\x1b" not in line and "\n" not in line for line in lines)
    assert len(lines[3].split("  ")[-1]) <= ABOUT_COLUMNS


def test_machines_get_the_same_in_seconds():
    told = json.loads(json.dumps(digest_document(digest([MORNING], at(0)))))

    assert told["since"] == "2026-11-20T09:00:00.000+00:00"
    asker = told["agents"][0]
    assert (asker["agent"], asker["health"], asker["waited_s"]) == ("asker", "waiting", 2640.0)
    assert asker["waits"][0] == {
        "at": "2026-11-20T09:10:00.000+00:00",
        "lasted_s": 240.0,
        "reason": "permission",
        "about": "Proceed? [rm -rf build]",
        "became": "ok",
    }
    assert told["agents"][2]["ended"]["at"] == "2026-11-20T09:45:00.000+00:00"
    assert told["agents"][4]["finished"] == ["2026-11-20T09:05:00.000+00:00"]


def test_of_very_many_waits_the_latest_are_told():
    changes = [
        change(n, (WAITING, OK)[n % 2], about=f"n{n}") for n in range(2 * MOST_TROUBLES + 6)
    ]

    lines = digest_lines(digest([log(*changes)], at(0)), UTC)

    assert lines[3] == "  3 more before"
    assert len(lines) == 4 + MOST_TROUBLES
    assert "n6" in lines[4]
