from types import SimpleNamespace

import pytest
import trio

from oma.model.events import PaneCaptured
from oma.model.pane_sampled import PaneSampled
from oma.runtime.monitor.hub import Hub
from oma.runtime.monitor.sampled_panes import REPEATED_EVERY_S, SampledPanes


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


async def test_a_capture_in_which_a_clock_ran_is_logged_less_often_than_news(
    panes, autojump_clock
):
    panes.update({"$1": "slow"})

    def logged(data):
        before = len(panes.store)
        captured = PaneCaptured("%1", 80, 24, 0, 0, alternate=False, data=data)
        panes.take(SimpleNamespace(captures=[captured]))
        return len(panes.store) > before

    assert logged(b"\xe2\x9c\xb6 Working (1s)\n")
    assert not logged(b"\xe2\x9c\xb6 Working (1s)\n")
    await trio.sleep(REPEATED_EVERY_S / 2)
    assert not logged(b"\xe2\x9c\xbb Working (2s)\n"), "the next one tells the same"
    assert logged(b"Proceed?\n")
    await trio.sleep(REPEATED_EVERY_S)
    assert logged(b"\xe2\x9c\xb6 Working (3s)\n")
    await trio.sleep(REPEATED_EVERY_S)
    assert logged(b"\xe2\x9c\xb6 Working (4s)\n")


async def test_what_was_not_logged_of_a_clock_is_captured_once_more(panes, autojump_clock):
    panes.update({"$1": "slow"})
    for data in (b"1s\n", b"2s\n"):
        captured = PaneCaptured("%1", 80, 24, 0, 0, alternate=False, data=data)
        panes.take(SimpleNamespace(captures=[captured]))

    moving_until_s = panes._panes["%1"].moving_until_s
    assert moving_until_s > trio.current_time() + REPEATED_EVERY_S
