"""What the dashboard does beside showing; its screen is looked at in `tests/integration`."""

import pytest
import trio

from oma.cli.cli_context import read_context
from oma.cli.dashboard_frontend import DashboardFrontend, _fits
from oma.cli.option_values import GlobalOptions
from tests.unit.tui.fleets import agent


@pytest.mark.parametrize(("text", "fits"), [("", True), ("bob", True), ("alice", False)])
def test_a_tiling_by_the_dashboard_shows_what_its_list_shows(text, fits):
    assert _fits(agent(1, "bob"), text) == fits


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
