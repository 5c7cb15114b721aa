"""The promise of detection, on recordings of real agents: see fixtures/recordings/real/README.md."""

from functools import cache
from pathlib import Path

import pytest

from oma.cli.scorer import Scorer
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.profile import GENERIC
from oma.detection.profile_selection import named
from oma.model.health import Health
from oma.scoring.score import GETTING_ON, quantile, together
from oma.scoring.score_report import Scored, summary_rows

REAL = Path(__file__).parents[2] / "fixtures" / "recordings" / "real"
SCORING = Path(__file__).parents[2] / "docs" / "scoring.md"
KINDS = [profile.name for profile in packaged_profiles()]


def kind_of(path):
    """Return the kind that a recording is named after: `claude` for `claude332-main.json`."""
    return max((k for k in KINDS if path.name.startswith(k)), key=len)


TRUTHS = sorted(p for p in REAL.glob("*.json") if p.stem != "osc-passthrough")
HIDDEN = ("cline-a", "gemini-main", "hermes-b", "qwen-a")
"""Recordings of agents that try refused requests again without a word."""


def files(truth):
    """Return the recording beside a truth file."""
    return next(
        p for p in (truth.with_suffix(".ctl"), truth.with_suffix(".jsonl.zst")) if p.exists()
    )


@cache
def score(truth):
    scorer = Scorer(Config(), packaged_profiles())
    return scorer.score(files(truth), truth, named(scorer.profiles, kind_of(truth))).score


@cache
def score_unknown(truth):
    """Score a recording as if its kind of agent were not known."""
    kind = kind_of(truth)
    scorer = Scorer(Config(), tuple(p for p in packaged_profiles() if p.name != kind))
    return scorer.score(files(truth), truth, named(scorer.profiles, GENERIC)).score


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
def test_an_agent_that_gets_on_is_told_right_almost_always(truth):
    assert score(truth).labelled_s(GETTING_ON) > 7
    assert score(truth).accuracy(GETTING_ON) >= 0.97, score(truth).mistakes()


def test_all_of_them_together_are_told_right():
    assert together(map(score, TRUTHS)).accuracy(GETTING_ON) >= 0.99


def test_agents_that_get_on_are_not_called_stuck():
    everything = together(map(score, TRUTHS))

    assert everything.false(Health.STUCK)[1] <= 2.0, everything.mistakes()


def test_nobody_is_called_for_a_question_that_does_not_stand():
    everything = together(map(score, TRUTHS))

    assert everything.false(Health.WAITING)[1] <= 2.0, everything.mistakes()


def test_most_of_the_time_that_agents_are_stuck_is_told():
    # docs/scoring.md names what is missing.
    everything = together(map(score, TRUTHS))
    visible = together(score(truth) for truth in TRUTHS if truth.stem not in HIDDEN)

    assert everything.labelled_s([Health.STUCK]) > 300
    assert everything.accuracy([Health.STUCK]) >= 0.75, everything.mistakes()
    assert visible.accuracy([Health.STUCK]) >= 0.9, visible.mistakes()


def test_a_question_is_seen_within_a_third_of_a_second():
    delays_s = together(map(score, TRUTHS)).delays_s(Health.WAITING)

    assert len(delays_s) >= 40
    assert quantile(delays_s, 0.9) <= 0.3


@pytest.mark.parametrize("kind", sorted({kind_of(truth) for truth in TRUTHS}))
def test_an_agent_that_nobody_knows_is_heard_when_it_asks(kind):
    unknown = together(score_unknown(t) for t in TRUTHS if kind_of(t) == kind)

    assert (unknown.accuracy([Health.WAITING]) or 1.0) >= 0.9, unknown.mistakes()


@pytest.mark.parametrize("kind", sorted({kind_of(truth) for truth in TRUTHS}))
def test_an_agent_that_nobody_knows_is_not_taken_to_ask_while_it_works(kind):
    unknown = together(score_unknown(t) for t in TRUTHS if kind_of(t) == kind)

    wrong_s = unknown.told_s(Health.OK, Health.WAITING)
    assert wrong_s <= 0.01 * unknown.labelled_s([Health.OK]), unknown.mistakes()


def test_the_documented_table_is_the_one_of_today():
    names = {truth: files(truth).name for truth in TRUTHS}
    scores = [Scored(names[truth], kind_of(truth), score(truth)) for truth in TRUTHS]
    total = Scored("total", None, together(each.score for each in scores))
    documented = {tuple(line.split()) for line in SCORING.read_text("utf-8").splitlines()}

    for row in summary_rows((*scores, total)):
        assert tuple(" ".join(row).split()) in documented
