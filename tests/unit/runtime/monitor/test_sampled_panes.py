import pytest

from oma.model.pane_sampled import PaneSampled
from oma.runtime.monitor.hub import Hub
from oma.runtime.monitor.sampled_panes import SampledPanes


class Following:
    """Two sessions, with a pane each."""

    def __init__(self):
        self.owners = {"%1": "$1", "%2": "$2"}

    def panes_of(self, sessions):
        return {pane: owner for pane, owner in self.owners.items() if owner in sessions}

    def is_followed(self, pane):
        return pane in self.owners


class Log(list):
    def append(self, event):
        super().append(event)


@pytest.fixture
def panes():
    return SampledPanes(Log(), Following(), Hub())


async def test_which_panes_are_sampled_and_why_is_logged_once(panes):
    panes.update({})
    panes.update({"$1": "slow"})
    panes.update({"$1": "slow", "$2": "silent"})
    panes.update({"$2": "silent"})

    assert panes.store == [
        PaneSampled("%1", "slow"),
        PaneSampled("%2", "silent"),
        PaneSampled("%1", ""),
    ]


async def test_of_a_session_that_is_gone_nothing_is_logged(panes):
    panes.update({"$1": "slow"})
    panes.forget("$1")
    panes.update({})

    assert panes.store == [PaneSampled("%1", "slow")]
    assert not panes.recapture("%1")
