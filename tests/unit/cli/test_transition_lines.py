"""Transitions as lines of output."""

import json
from datetime import datetime

import attrs
import pytest

from oma.cli.transition_lines import (
    EVIDENCE_COLUMNS,
    ago,
    transition_json,
    transition_text,
)
from oma.model.health import Ending, Health, Transition, Verdict
from oma.model.wall_time import WallTime

BEGAN = WallTime(datetime(2026, 11, 20, 12, 0, 0).astimezone())


def transition(evidence="1 error", source=Health.OK):
    verdict = Verdict(Health.STUCK, "error-text", "generic/error", evidence, 60.0)
    return Transition(61.0, 7, "oma-agent-\x1b[1m", source, verdict)


def test_a_line_has_the_wall_time_the_change_and_the_reason():
    line = transition_text(transition(), BEGAN)

    assert line.startswith("12:01:01  oma-agent-")
    assert "  ok → stuck  " in line
    assert line.endswith("  error-text: 1 error")
    assert "  new → stuck  " in transition_text(transition(source=None), BEGAN)


def test_an_end_stands_behind_the_reason_by_the_calendar_or_as_the_agent_wrote_it():
    fails = transition()
    soon = attrs.evolve(fails, verdict=attrs.evolve(fails.verdict, ending=Ending("in 2m", 180.0)))
    later = attrs.evolve(fails, verdict=attrs.evolve(fails.verdict, ending=Ending("3pm\x1b[2J")))

    assert transition_text(soon, BEGAN).endswith("  error-text until 12:03:00: 1 error")
    assert "\x1b" not in transition_text(later, BEGAN)
    assert "error-text until 3pm" in transition_text(later, BEGAN)
    assert json.loads(transition_json(soon))["until"] == {"text": "in 2m", "t": 180.0}
    assert json.loads(transition_json(fails))["until"] is None


def test_evidence_is_cut_and_nothing_hostile_reaches_a_terminal():
    line = transition_text(transition("\x1b]0;x\x07" + "y" * 200), BEGAN)
    evidence = line.partition("error-text: ")[2]

    assert len(evidence) == EVIDENCE_COLUMNS
    assert evidence.endswith("y…")
    assert "\x1b" not in line
    assert "\x07" not in line


def test_json_is_one_line_of_ascii():
    line = transition_json(transition("\x9b2J é"))

    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["t"] == 61.0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.9, "now"), (1, "1s"), (59.9, "59s"), (60, "1m"), (3600, "1h"), (90_000, "1d")],
)
def test_an_age_is_told_in_its_largest_unit(seconds, words):
    assert ago(seconds) == words
