"""What the dashboard believes of its right pane, on a pane whose client comes when the test says."""

from pathlib import Path

import attrs
import trio
from trio.testing import wait_all_tasks_blocked

from oma.config.schema import AttachSection
from oma.model.events import SessionOpened
from oma.runtime.display.agent_display import AgentDisplay
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from tests.support.fleet_play import SESSION, empty, seen


@attrs.define
class SlowPane:
    """A right pane: what its client shows, once that has come."""

    shown: str | None = None

    async def look(self):
        return self.shown

    async def show(self, agent, session, name):
        pass


async def test_a_client_that_comes_late_is_found_when_it_comes(autojump_clock):
    store = Store(empty().fleet, trio.current_time)
    store.append(SessionOpened(SESSION, "oma-agent-one"))
    store.append(seen())
    agent = store.state.agents[0]
    display = AgentDisplay(ServerAddress(), Path("/s"), store, AttachSection(), us=None)
    display._right = pane = SlowPane()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(display._mind_sizes, pane)
        await wait_all_tasks_blocked()
        await display.show(agent, None)
        display.look()
        await trio.sleep(60)
        assert display.occupant is None
        pane.shown = agent.session
        display.clients_changed()
        await trio.sleep(60)
        assert display.occupant == agent.session
        nursery.cancel_scope.cancel()
