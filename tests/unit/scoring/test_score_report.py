"""What people and machines are told of a score."""

import math

import pytest

from oma.model.health import Health
from oma.scoring.score import Delay, Score, Stretch
from oma.scoring.score_report import (
    Scored,
    percent,
    score_json,
    score_text,
    seconds,
    summary_rows,
)

OK, IDLE, WAITING, STUCK = Health.OK, Health.IDLE, Health.WAITING, Health.STUCK

SCORED = Scored(
    "day.jsonl",
    None,
    Score(
        stretches=(
            Stretch(0.0, 6.0, OK, OK, "generic/active"),
            Stretch(6.0, 8.0, OK, STUCK, "generic/error"),
            Stretch(8.0, 10.0, WAITING, WAITING, "generic/choice"),
            Stretch(10.0, 12.0, IDLE, None, None),
        ),
        delays=(Delay(WAITING, 8.0, 0.25), Delay(WAITING, 20.0, math.inf)),
    ),
)


def test_json_holds_shares_confusion_false_alarms_delays_and_mistakes():
    told = score_json(SCORED)

    assert told["recording"] == "day.jsonl"
    assert told["accuracy"]["ok"] == 0.75
    assert told["confusion_s"]["ok"] == {"ok": 6.0, "stuck": 2.0}
    assert told["confusion_s"]["idle"] == {"unknown": 2.0}
    assert told["false_stuck"] == {"count": 1, "seconds": 2.0}
    assert told["latency_s"]["waiting"] == {
        "intervals": 2,
        "missed": 1,
        "p50": 0.25,
        "p90": None,
        "max": None,
    }
    assert [mistake["verdict"] for mistake in told["mistakes"]] == [STUCK, None]


def test_a_text_names_every_mistake_with_the_rule_that_made_it():
    lines = score_text(SCORED).splitlines()

    assert lines[0] == "day.jsonl, profile chosen by what it shows"
    assert "false STUCK: 1, 2.00 s" in lines
    assert lines[-2:] == [
        "wrong from 6.000 to 8.000 s (2.000 s): OK was told to be STUCK by generic/error",
        "wrong from 10.000 to 12.000 s (2.000 s): IDLE was told to be UNKNOWN by -",
    ]


def test_a_summary_has_a_row_for_each_score_under_its_headings():
    headings, row = summary_rows([SCORED])

    assert dict(zip(headings, row, strict=True)) | {"PROFILE": "-", "STUCK": "-"} == dict(
        zip(headings, row, strict=True)
    )
    assert row[headings.index("WAITING P90")] == "never"


@pytest.mark.parametrize(
    ("share", "words"), [(None, "-"), (1.0, "100.00 %"), (0.99999, "99.99 %"), (0.0, "0.00 %")]
)
def test_a_share_is_never_rounded_up(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(("value", "words"), [(None, "-"), (0.1, "0.100 s"), (math.inf, "never")])
def test_a_delay_that_has_no_end_is_never(value, words):
    assert seconds(value) == words
