"""Several machines, as a dashboard shows them."""

import math

import attrs
import trio

from oma.model.events import PaneOutput, Record, SessionOpened
from oma.model.health import Health
from oma.model.wall_time import WallTime
from oma.store.fleets import Fleets
from oma.store.store import Store
from oma.tui import fleets_source
from oma.tui.cells import Size
from oma.tui.fleets_source import FleetsSource
from oma.tui.inputs import Key
from oma.tui.view_model import View
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen
from tests.unit.tui.fleets import BEGAN, text_of

LOG = (SessionOpened(SESSION, "oma-agent-1"), seen(idle_s=0.0), captured(b"hello\n"), sampled())


def take(source, host, *events):
    for event in events:
        source.fleets.take(host, Record(1, 0.0, event))


def source():
    fleets = Fleets(trio.current_time, ["box", "gpu1"])
    shown = FleetsSource(fleets, lambda: WallTime(BEGAN))
    for host in ("box", "gpu1"):
        store = Store(empty().fleet, fleets.clock)
        store.is_fed = True
        fleets.reached(host, store)
        take(shown, host, *LOG)
    return shown


async def test_it_shows_the_agents_of_all_and_their_screens(autojump_clock):
    shown = source()

    names = ["box/oma-agent-1", "gpu1/oma-agent-1"]
    assert [agent.name for agent in shown.state.agents] == names
    assert text_of(shown.styled_rows("$1@gpu1", 5)[0]) == "hello"
    assert shown.explain("gpu1/oma-agent-1").verdict.health is Health.OK
    assert [told.agent for told in shown.transitions] == names
    [log] = shown.changes
    assert [(change.agent, change.health) for change in log.changes] == [
        (name, Health.OK) for name in names
    ]
    assert shown.timeline is shown.handle(View(), Key("q")) is None
    assert shown.size_left(Size(80, 24), View()) == Size(80, 24)
    assert 0 < shown.next_frame_s(shown.state.agents) < math.inf


async def test_output_of_the_followed_pane_alone_is_a_changed_screen(autojump_clock):
    shown, told = source(), []
    async with trio.open_nursery() as nursery:
        nursery.start_soon(shown.follow, lambda: told.append(shown.t))
        await trio.sleep(1)
        shown.follow_screen("%1@gpu1")
        count = len(told)
        take(shown, "box", PaneOutput(PANE, b"x"))  # the pane of the same id elsewhere
        await trio.sleep(1)
        assert (shown.screen_changed, len(told)) == (False, count)

        take(shown, "gpu1", PaneOutput(PANE, b"x"))
        await trio.sleep(1)
        assert (shown.screen_changed, len(told)) == (True, count + 1)
        shown.follow_screen(None)
        take(shown, "gpu1", PaneOutput(PANE, b"x"))
        await trio.sleep(1)
        assert (shown.screen_changed, len(told)) == (False, count + 1)
        nursery.cancel_scope.cancel()


async def test_a_key_alone_is_answered_with_the_agents_of_the_last_frame(autojump_clock):
    shown = source()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(shown.follow, lambda: None)
        await trio.sleep(1)
        state = shown.state
        assert shown.state is state
        take(shown, "box", SessionOpened("$7", "oma-agent-7"))
        assert shown.state is state
        await trio.sleep(1)
        assert shown.state is not state
        state = shown.state
        take(shown, "box", PaneOutput(PANE, b"x"))  # no news, as nobody looks at it
        assert shown.state is not state
        nursery.cancel_scope.cancel()


async def test_a_link_that_changes_is_shown_and_news_comes_in_frames(autojump_clock):
    shown, told = source(), []
    async with trio.open_nursery() as nursery:
        nursery.start_soon(shown.follow, lambda: told.append(shown.t))
        await trio.sleep(1)
        count = len(told)
        for number in range(10):
            shown.fleets.lost("box", f"ended {number}")
        await trio.sleep(1)
        nursery.cancel_scope.cancel()

    assert len(told) == count + 1
    assert shown.state.unreached == ("box",)


async def test_of_many_agents_news_comes_less_often(autojump_clock, monkeypatch):
    monkeypatch.setattr(fleets_source, "AGENTS_A_SECOND", 2)  # and there are two
    shown, told = source(), []
    async with trio.open_nursery() as nursery:
        nursery.start_soon(shown.follow, lambda: told.append(shown.t))
        await trio.sleep(1.5)
        count = len(told)
        for _ in range(40):
            take(shown, "box", SessionOpened("$7", "oma-agent-7"))
            await trio.sleep(0.1)
        nursery.cancel_scope.cancel()

    assert len(told) - count == 4
    assert shown.fleets.agent("$1@box").name == "box/oma-agent-1"
    assert shown.fleets.agent("$1@nowhere") is shown.fleets.agent(None) is None


async def test_the_past_of_the_machine_that_is_looked_at_is_shown_where_it_is_told(
    autojump_clock, monkeypatch
):
    shown = source()
    shown.follow_screen("%1@gpu1")
    assert ([lane.spans for lane in shown.past.lanes], len(shown.transitions)) == ([[]], 2)

    before = attrs.evolve(shown.transitions[1], t=-3600.0, source=Health.IDLE)
    runs = {"gpu1": [[before]]}
    monkeypatch.setattr(Fleets, "past", lambda _, host: runs.get(host, ()))
    assert shown.transitions[0] is before
    [lane] = shown.past.lanes
    assert (lane.agent, lane.name) == ("$1@gpu1", "gpu1/oma-agent-1")
    assert lane.spans[0] == (0.0, 3600.0, Health.OK)
    assert shown.past is shown.past
    assert shown.size_left(Size(80, 24), View()) == Size(80, 22)
    assert shown.size_left(Size(80, 24), View(timeline=False)) == Size(80, 24)
    shown.follow_screen("%1@box")
    assert [each.spans for each in shown.past.lanes] == [[]]
