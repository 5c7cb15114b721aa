"""Both sources have all that a dashboard reads, and take the same arguments."""

import inspect

import pytest

from oma.tui.dashboard_source import DashboardSource
from oma.tui.live_source import LiveSource
from oma.tui.player import Player

MEMBERS = {
    name: member for name, member in vars(DashboardSource).items() if not name.startswith("_")
}


@pytest.mark.parametrize("source", [LiveSource, Player])
@pytest.mark.parametrize("name", MEMBERS)
def test_a_source_has_every_member(source, name):
    member = MEMBERS[name]
    if isinstance(member, property):
        assert name in source.__annotations__ or isinstance(getattr(source, name), property)
    else:
        wanted, found = inspect.signature(member), inspect.signature(getattr(source, name))
        assert list(wanted.parameters) == list(found.parameters)
