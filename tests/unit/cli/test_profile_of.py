"""The profile of an agent is the one of that name, else the generic one."""

from oma.cli.profile_of import profile_of
from tests.unit.tui.fleets import agent


def test_it_is_found_by_name():
    assert profile_of(agent(1, profile="codex")).name == "codex"
    assert profile_of(agent(1, profile="gone")).name == "generic"
