"""The promise of detection, on recordings of real agents: see fixtures/recordings/real/README.md."""

from functools import cache
from pathlib import Path

import pytest

from oma.cli.scores import Scorer
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.detection.choice import named
from oma.model.health import Health
from oma.scoring.score import GETTING_ON, quantile, together

REAL = Path(__file__).parents[2] / "fixtures" / "recordings" / "real"
AGENTS = ["aider", "claude", "codex", "gemini", "opencode"]


@cache
def score(agent):
    scorer = Scorer(Config(), packaged_profiles())
    path = REAL / f"{agent}-main.ctl"
    forced = named(scorer.profiles, agent)
    return scorer.score(path, path.with_suffix(".json"), forced).score


@pytest.mark.parametrize("agent", AGENTS)
def test_an_agent_that_gets_on_is_told_right_almost_always(agent):
    assert score(agent).labelled_s(GETTING_ON) > 7
    assert score(agent).accuracy(GETTING_ON) >= 0.98, score(agent).mistakes()


@pytest.mark.parametrize("agent", AGENTS)
def test_no_agent_that_gets_on_is_called_stuck(agent):
    assert score(agent).false(Health.STUCK) == (0, 0.0)


def test_most_of_the_time_that_agents_are_stuck_is_told():
    # Not 75 %: gemini shows nothing of its retries, and what it shows is what honest thinking
    # looks like. docs/scoring.md names each second that is missing.
    everything = together(map(score, AGENTS))
    visible = together(score(agent) for agent in AGENTS if agent != "gemini")

    assert everything.labelled_s([Health.STUCK]) > 130
    assert everything.accuracy([Health.STUCK]) >= 0.69, everything.mistakes()
    assert visible.accuracy([Health.STUCK]) >= 0.88, visible.mistakes()


def test_a_question_is_seen_within_half_a_second():
    delays_s = together(map(score, AGENTS)).delays_s(Health.WAITING)

    assert len(delays_s) >= 7
    assert quantile(delays_s, 0.9) <= 0.5
