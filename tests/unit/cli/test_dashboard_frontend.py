"""What the dashboard does beside showing; its screen is looked at in `tests/integration`."""

import attrs
import pytest
import trio

from oma.cli.cli_context import read_context
from oma.cli.dashboard_frontend import DashboardFrontend, _fits, _offer, _restore
from oma.cli.option_values import GlobalOptions
from oma.model.kept_fleet import LostAgent
from oma.tui.keymap import Keymap
from oma.tui.view_model import View
from tests.unit.tui.fleets import KEYMAP, agent


@pytest.mark.parametrize(("text", "fits"), [("", True), ("bob", True), ("alice", False)])
def test_a_tiling_by_the_dashboard_shows_what_its_list_shows(text, fits):
    assert _fits((), agent(1, "bob"), text) == fits


async def test_browsers_are_served_for_as_long_as_the_dashboard_is_shown():
    said, ended = [], []

    class Web:
        async def serve(self, live, told, ending):
            await told("http://x")
            await ending.wait()
            ended.append(True)

    frontend = DashboardFrontend(read_context(GlobalOptions()), web=Web())
    async with frontend._serving(None, said.append):
        while not said:
            await trio.lowlevel.checkpoint()
        assert not ended
    assert (said, ended) == (["open http://x"], [True])


async def test_what_was_never_tiled_is_not_undone():
    await DashboardFrontend(read_context(GlobalOptions())).undo()


BOB, KIM = LostAgent("bob", "/", "codex"), LostAgent("kim", "/", "codex")


@attrs.define
class Told:
    """A dashboard that notes what it says."""

    view: View = attrs.Factory(View)
    said: list = attrs.Factory(list)
    keymap: Keymap = KEYMAP

    def say(self, words):
        self.said.append(words)


def test_who_is_gone_is_said_once():
    dashboard = Told()
    for lost in ((), (BOB,), (BOB,), (), (BOB, KIM)):
        _offer(dashboard, lost)
        assert dashboard.view.lost == lost
    assert [words[:8] for words in dashboard.said] == ["1 agent ", "2 agents"]


async def test_only_those_who_are_still_gone_are_offered_after_some_were_started():
    class Restorer:
        async def restore_all(self, sessions):
            return f"started {sessions}"

        async def lost(self):
            return (KIM,)

    dashboard = Told(View(lost=(BOB, KIM)))
    assert await _restore(Restorer(), dashboard, ["bob"]) == "started ['bob']"
    assert (dashboard.view.lost, dashboard.said) == ((KIM,), [])
