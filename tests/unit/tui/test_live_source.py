"""What happens now, as a dashboard shows it."""

import math
from datetime import timedelta

import attrs
import trio

from oma.model.events import PaneOutput, SessionOpened
from oma.model.health import Health
from oma.model.wall_time import WallTime
from oma.store.store import Store
from oma.summary.health_changes import ChangeLog
from oma.summary.lanes import Lanes
from oma.tui.cells import Size
from oma.tui.inputs import Key
from oma.tui.live_source import LiveSource
from oma.tui.view_model import View
from tests.support.fleet_play import PANE, SESSION, captured, empty, seen
from tests.unit.summary.logs import STUCK, WAITING, change
from tests.unit.tui.fleets import BEGAN, text_of


def source():
    store = Store(empty().fleet, trio.current_time)
    live = LiveSource(store, store.tail(), trio.current_time, lambda: WallTime(BEGAN))
    for event in (SessionOpened(SESSION, "oma-agent-1"), seen(idle_s=0.0), captured(b"hello\n")):
        store.append(event)
    return live


async def test_it_shows_the_latest_state_and_the_screen(autojump_clock):
    live = source()

    assert [agent.name for agent in live.state.agents] == ["oma-agent-1"]
    assert text_of(live.styled_rows(SESSION, 5)[0]) == "hello"
    assert live.explain("oma-agent-1").verdict.health is Health.OK
    assert live.explain("nobody") is None
    assert live.timeline is None


async def test_output_of_the_followed_pane_is_a_changed_screen_until_it_is_followed_anew(
    autojump_clock,
):
    live, told = source(), []
    async with trio.open_nursery() as nursery:
        nursery.start_soon(live.follow, lambda: told.append(live.t))
        await trio.sleep(1)
        live.follow_screen(PANE)
        before = live.screen_changed
        live.store.append(PaneOutput(PANE, b"x"))
        await trio.sleep(1)

        assert (before, live.screen_changed) == (False, True)
        live.follow_screen(PANE)
        assert not live.screen_changed
        live.store.close()
    assert told  # and `follow` has returned


async def test_changes_are_kept_with_who_they_are_about(autojump_clock):
    live = source()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(live.follow, lambda: None)
        await trio.sleep(70)
        live.store.pass_time()
        await trio.sleep(1)
        live.store.close()

    [log] = live.changes
    assert (log.began, log.ended) == (BEGAN, BEGAN + timedelta(seconds=71))
    assert [(each.agent, each.kind, each.health) for each in log.changes] == [
        ("oma-agent-1", "generic", Health.OK),
        ("oma-agent-1", "generic", Health.IDLE),
    ]


async def test_a_log_that_is_taken_up_begins_with_how_agents_stand_after_the_past(autojump_clock):
    live = source()
    await trio.sleep(5)
    taken_up = Store(empty().fleet, trio.current_time)
    later = LiveSource(taken_up, taken_up.tail(), trio.current_time, lambda: WallTime(BEGAN))
    later.past_logs = ["the past"]
    async with trio.open_nursery() as nursery:
        nursery.start_soon(later.follow, lambda: None)
        for event in live.store.checkpoint():
            taken_up.append(event)
        await trio.sleep(1)
        taken_up.close()

    past, log = later.changes
    assert past == "the past"
    assert [(each.agent, each.health, each.at) for each in log.changes] == [
        ("oma-agent-1", Health.OK, BEGAN + timedelta(seconds=5))
    ]


async def test_every_input_and_the_whole_terminal_are_left_to_the_dashboard(autojump_clock):
    live = source()

    assert live.handle(View(), Key("q")) is None
    assert live.size_left(Size(80, 24), View()) == Size(80, 24)


async def test_time_alone_changes_the_ages_and_nothing_where_there_are_none(autojump_clock):
    empty_store = Store(empty().fleet, trio.current_time)
    nobody = LiveSource(
        empty_store, empty_store.tail(), trio.current_time, lambda: WallTime(BEGAN)
    )

    assert 0 < source().next_frame_s(source().state.agents) < 60
    assert nobody.next_frame_s(nobody.state.agents) == math.inf


async def test_the_past_goes_on_with_what_was_seen_since(autojump_clock):
    live = source()
    lanes = Lanes(BEGAN - timedelta(hours=1), BEGAN)
    stood = change(0, WAITING, agent="oma-agent-1"), change(0, STUCK, agent="left")
    lanes.add(ChangeLog(lanes.began, BEGAN, tuple(attrs.evolve(x, at=lanes.began) for x in stood)))
    assert live.past is None
    live.past_lanes = lanes
    async with trio.open_nursery() as nursery:
        nursery.start_soon(live.follow, lambda: None)
        await trio.sleep(70)
        live.store.pass_time()
        await trio.sleep(1)
        live.store.close()

    first, second = live.past.lanes
    assert live.past.length_s == 3671.0
    assert (first.agent, first.name) == (SESSION, "oma-agent-1")
    assert first.spans == [
        (0.0, 3600.0, WAITING),
        (3603.0, 3660.0, Health.OK),
        (3660.0, 3671.0, Health.IDLE),
    ]
    assert (second.agent, second.name, second.spans) == (None, "left", [(0.0, 3600.0, STUCK)])
    assert live.size_left(Size(80, 24), View()) == Size(80, 21)
    assert live.size_left(Size(80, 24), View(timeline=False)) == Size(80, 24)
