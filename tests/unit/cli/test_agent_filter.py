"""Filters of commands."""

import pytest

from oma.cli.agent_filter import filter_of, narrowed
from oma.config.schema import Config, DashboardSection
from oma.errors import ConfigError
from tests.unit.tui.fleets import CASES, PREFIX, agent_of_case, state

FLEET = tuple(map(agent_of_case, CASES["agents"]))


@pytest.mark.parametrize("case", CASES["listed"], ids=lambda case: case["filter"])
def test_a_command_means_whom_the_dashboard_lists(case):
    try:
        meant = filter_of(Config(), case["filter"])
    except ConfigError:
        assert (
            "health:x" in case["filter"] or "other:" in case["filter"] or "/(/" in case["filter"]
        )
        return
    found = narrowed(state(*FLEET), meant).agents

    assert {each.name.removeprefix(PREFIX) for each in found} == set(case["agents"])


def test_saved_filters_are_known_and_no_filter_means_everybody():
    config = Config(dashboard=DashboardSection(filters=("mine = codex",)))

    assert len(narrowed(state(*FLEET), filter_of(config, "@mine")).agents) == 1
    assert narrowed(state(*FLEET), filter_of(config, None)).agents == FLEET
