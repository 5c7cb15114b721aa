from pathlib import Path

import attrs
import pytest
import trio

import oma.runtime.display.dashboard_tiling as module
from oma.errors import OmaError
from oma.model.events import SessionOpened
from oma.model.ids import AgentId
from oma.placement.policy import Arrangement, Policy
from oma.runtime.display.dashboard_tiling import (
    FILTERED_OUT,
    IN_RIGHT_PANE,
    OFF,
    DashboardTiling,
)
from oma.store.store import Store
from tests.support.fleet_play import SESSION, empty, seen
from tests.support.scripted_channel import window_row
from tests.unit.tui.fleets import agent


@attrs.define
class FakeTiler:
    """What `Tiler` is, as far as a dashboard knows."""

    policy: Policy
    exclusion_reason: object
    log: list
    settled: trio.Event = attrs.Factory(trio.Event)
    ends: trio.Event = attrs.Factory(trio.Event)
    rounds: object = attrs.Factory(
        lambda: attrs.make_class("R", {"plan": attrs.field(default=None)})()
    )

    async def follow(self, tail):
        await trio.sleep_forever()

    async def run(self):
        self.log.append("begun")
        self.settled.set()
        await self.ends.wait()
        return "the main pane is gone"

    async def undo(self):
        self.log.append("undone")

    def set_policy(self, policy):
        self.policy = policy

    def wake(self):
        self.log.append("woken")


@attrs.define
class Scene:
    """A dashboard in tmux, and who tiles for it."""

    tilers: list = attrs.Factory(list)
    log: list = attrs.Factory(list)
    said: list = attrs.Factory(list)
    policy: Policy = attrs.Factory(Policy)
    beside: str | None = None
    tiling: DashboardTiling = attrs.field(init=False)

    def __attrs_post_init__(self):
        self.tiling = DashboardTiling(
            socket=Path("/s"),
            store=Store(empty().fleet, trio.current_time),
            policy=self.policy,
            make=self.make,
            know_agents=trio.lowlevel.checkpoint,
            fits=lambda agent, text: text in agent.name,
            beside=lambda: self.beside,
        )

    def make(self, inside, policy, exclusion_reason):
        self.tilers.append(FakeTiler(policy, exclusion_reason, self.log))
        return self.tilers[-1]


@pytest.fixture
def inside(tmux, monkeypatch):
    monkeypatch.setenv("TMUX", "/s,7,0")
    monkeypatch.setenv("TMUX_PANE", "%0")
    tmux.says("-V", "tmux 3.3a\n")
    tmux.says("list-panes", window_row("%0"))


@pytest.fixture
async def scene(inside):
    return Scene()


async def test_a_key_begins_it_and_the_same_key_ends_it(scene):
    async with scene.tiling.at_work(scene.said.append):
        assert (await scene.tiling.toggle("")).startswith("vertical: ")
        assert scene.log == ["begun"]

        assert await scene.tiling.toggle("") == OFF

    assert scene.log == ["begun", "undone"]


async def test_keys_go_to_the_panes_that_show_the_agent_itself(scene, monkeypatch):
    asked = []

    async def make_writable(server, socket, agent_id):
        await trio.lowlevel.checkpoint()
        asked.append(agent_id)

    monkeypatch.setattr(module, "make_writable", make_writable)

    said = await scene.tiling.let_type(agent(1, "fix", id=AgentId("%2")))

    assert (asked, said) == (["%2"], "the pane of oma-agent-fix takes keys now")


async def test_what_ends_the_dashboard_undoes_it(scene):
    async with scene.tiling.at_work(scene.said.append):
        await scene.tiling.toggle("")
        await scene.tiling.end()

    assert scene.log == ["begun", "undone"]


async def test_a_tiling_that_ends_by_itself_is_told_and_undone(scene):
    async with scene.tiling.at_work(scene.said.append):
        await scene.tiling.toggle("")
        scene.tilers[0].ends.set()
        while scene.log[-1] != "undone":
            await trio.lowlevel.checkpoint()

    assert scene.said == [f"the main pane is gone: {OFF}"]


async def test_the_next_arrangement_is_in_force_now_or_when_it_begins(scene):
    async with scene.tiling.at_work(scene.said.append):
        assert "nothing is tiled now" in await scene.tiling.cycle()
        await scene.tiling.toggle("")
        assert scene.tilers[0].policy.arrangement is Arrangement.HORIZONTAL

        await scene.tiling.cycle()

        assert scene.tilers[0].policy.arrangement is Arrangement.GRID


async def test_no_agent_is_shown_twice_nor_against_the_filter(scene):
    store = scene.tiling.store
    store.append(SessionOpened(SESSION, "oma-agent-one"))
    store.append(seen())
    (agent,) = store.state.agents
    async with scene.tiling.at_work(scene.said.append):
        await scene.tiling.toggle("one")
        (tiler,) = scene.tilers
        assert tiler.exclusion_reason(agent) is None
        scene.beside = SESSION
        assert tiler.exclusion_reason(agent) == IN_RIGHT_PANE
        scene.beside = None
        await scene.tiling.toggle("")

        await scene.tiling.toggle("two")

        assert scene.tilers[1].exclusion_reason(agent) == FILTERED_OUT


async def test_news_wake_it_where_there_is_one(scene):
    async with scene.tiling.at_work(scene.said.append):
        scene.tiling.wake()
        await scene.tiling.toggle("")
        scene.tiling.wake()

    assert scene.log.count("woken") == 1


async def test_a_configuration_may_want_none(inside):
    scene = Scene(policy=Policy(enabled=False))

    async with scene.tiling.at_work(scene.said.append):
        with pytest.raises(OmaError, match="enabled = false"):
            await scene.tiling.toggle("")


async def test_outside_of_tmux_there_is_none(scene, monkeypatch):
    monkeypatch.delenv("TMUX")

    async with scene.tiling.at_work(scene.said.append):
        for act in (lambda: scene.tiling.toggle(""), scene.tiling.cycle):
            with pytest.raises(OmaError, match="works inside tmux"):
                await act()
