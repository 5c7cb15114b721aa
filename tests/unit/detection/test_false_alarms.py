"""What the judge says of agents that talk of errors and questions, and have none."""

import pytest

from oma.config.profiles import packaged_profiles
from oma.detection.evidence import Evidence
from oma.detection.judge import Judge
from oma.detection.profile_selection import named
from oma.detection.thresholds import Thresholds
from tests.support.false_alarms import AGENTS, TALK

PROFILES = packaged_profiles()


@pytest.mark.parametrize("talk", TALK)
@pytest.mark.parametrize("agent", AGENTS)
def test_talk_of_errors_is_no_error(agent, talk):
    kind, title, health, screen = AGENTS[agent]
    lines = tuple(screen(TALK[talk]).split("\n"))
    judge = Judge(named(PROFILES, kind), Thresholds(), 0.0)
    judge.look(0.0, Evidence(("",), 0, 0, "", kind))
    judge.active(1.0)

    judge.look(1.0, Evidence(lines, len(lines) - 1, 0, title, kind))

    assert judge.verdict(10.0).health is health, judge.explain(10.0)


def test_every_profile_is_in_the_table():
    assert {kind for kind, *_ in AGENTS.values()} == {profile.name for profile in PROFILES}
