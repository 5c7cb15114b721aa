"""A recording in place of a store."""

import math
from datetime import timedelta

import attrs
import pytest
import trio

from oma.model.events import PaneOutput, Record, SessionOpened, TimePassed
from oma.model.health import Health
from oma.model.wall_time import WallTime
from oma.store.history import History
from oma.tui.cells import Size
from oma.tui.editor import Editor
from oma.tui.inputs import Click, Key
from oma.tui.player import LIVE_FRAME_S, PLAYING_FRAME_S, READING_FRAME_S, REFUSED, Player
from oma.tui.playhead import Playhead
from oma.tui.view_model import Filtering, View
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen
from tests.unit.tui.fleets import BEGAN, KEYMAP, text_of


@attrs.define
class Wall:
    now_s: float = 0.0

    def __call__(self):
        return self.now_s


def player(*, whole=True, **changes):
    history = History(empty(idle_warning_s=2.0, idle_critical_s=6.0).fleet)
    events = (
        (0.0, SessionOpened(SESSION, "oma-agent-1")),
        (0.0, seen(idle_s=0.0)),
        (0.0, captured()),
        (0.0, sampled()),
        (1.0, PaneOutput(PANE, b"hello")),
        (20.0, TimePassed()),
    )
    for seq, (t, event) in enumerate(events, start=1):
        history.take(Record(seq, t, event))
    return Player(
        history, Wall(), KEYMAP, "x", Playhead(**changes), lambda: whole, WallTime(BEGAN)
    )


def test_what_had_changed_by_then_is_told_of_and_nothing_later():
    played = player(paused=True, set_s=3.0)

    [log] = played.changes
    assert [each.health for each in log.changes] == [Health.OK, Health.IDLE]
    assert log.ended == BEGAN + timedelta(seconds=3)
    played.playhead = Playhead(paused=True, set_s=20.0)
    [log] = played.changes
    assert [each.health for each in log.changes][-1] is Health.STUCK
    assert {each.kind for each in log.changes} == {"generic"}


def press(played, *keys, view=None):
    for key in keys:
        view = played.handle(view or View(), Key(key))
    return view


def test_what_it_shows_moves_with_the_wall():
    played = player()
    early = played.state.agents[0].verdict.health
    played.wall_s.now_s = 4.0

    assert (early, played.state.agents[0].verdict.health) == (Health.OK, Health.IDLE)
    assert played.t == 4.0


def test_a_jump_changes_state_screen_transitions_and_grounds():
    played = player(paused=True)
    press(played, "5")

    assert played.state.agents[0].verdict.health is Health.STUCK
    assert text_of(played.styled_rows(SESSION, 5)[0]) == "hello"
    assert [each.t for each in played.transitions] == [0.0, 3.0, 7.0]
    assert played.explain("oma-agent-1").verdict.health is Health.STUCK


@pytest.mark.parametrize("key", ["Enter", "s", "m", "n", "x", "K", "R", "r"])
def test_what_acts_on_agents_is_refused(key):
    assert press(player(), key).notice == REFUSED


@pytest.mark.parametrize("key", ["q", "w", "j", "/", "?", "Tab"])
def test_other_keys_are_the_dashboards(key):
    assert press(player(), key) is None


def test_what_is_typed_elsewhere_is_not_taken_and_neither_is_the_mouse():
    filtering = View(mode=Filtering(Editor(), ""))

    assert player().handle(filtering, Key("5")) is None
    assert player().handle(View(), Click(1, 1)) is None


def test_every_key_is_its_own_while_a_time_is_typed():
    played = player(paused=True)
    press(played, ":", "1", "2", "q")

    assert played.timeline.asking.text == "12q"


def test_it_is_drawn_again_while_something_moves():
    assert player().next_frame_s(()) == PLAYING_FRAME_S
    assert player(paused=True).next_frame_s(()) == math.inf
    assert player(paused=True, whole=False).next_frame_s(()) == READING_FRAME_S
    assert shown(player(set_s=20.0)).next_frame_s(()) == math.inf
    assert player(set_s=20.0, whole=False).next_frame_s(()) == PLAYING_FRAME_S


def test_the_time_line_takes_rows_from_the_rest():
    assert player().size_left(Size(80, 24), View()) == Size(80, 22)


def shown(played):
    """A player whose present moment has been drawn."""
    _ = played.timeline
    return played


def test_the_end_is_drawn_though_it_came_right_after_a_frame():
    played = shown(player(set_s=19.9))
    played.wall_s.now_s += 1.0

    assert played.t == 20.0
    assert played.next_frame_s(()) == PLAYING_FRAME_S
    assert shown(played).next_frame_s(()) == math.inf


async def never():
    await trio.sleep_forever()


def live(played):
    played.came = never
    return played


def test_the_end_of_a_live_log_goes_on_with_the_wall_and_is_followed():
    played = live(player(whole=False, set_s=math.inf))
    wall = played.wall_s

    assert played.t == 20.0
    wall.now_s = 7.0
    assert played.t == played.end_s == 27.0
    played.history.take(Record(7, 29.0, TimePassed()))  # it was late before, and is less so now
    assert played.t == 29.0
    wall.now_s = 8.0
    assert played.t == 30.0
    assert (played.timeline.whole, played.timeline.live) == (True, True)
    press(played, "Left")
    assert (played.timeline.whole, played.timeline.live) == (True, False)


def test_a_live_log_that_has_ended_goes_on_no_more():
    over = [False]
    played = live(player(set_s=math.inf))
    played.whole = lambda: over[0]
    assert played.t == 20.0
    played.wall_s.now_s = 5.0
    assert played.t == 25.0

    over[0] = True

    assert played.timeline.moment_s == 20.0
    assert played.next_frame_s(()) == math.inf


def test_one_who_has_gone_back_in_a_live_log_comes_to_its_end_again():
    played = live(player(whole=False, set_s=math.inf))
    press(played, "Left")
    assert played.t == 10.0
    played.wall_s.now_s = 3.0
    assert played.t == 13.0

    press(played, "e")

    assert played.t == played.end_s == 23.0


async def test_records_of_a_live_log_are_told_of_as_often_as_they_are_drawn(autojump_clock):
    told = []

    async def came():
        await trio.lowlevel.checkpoint()

    played = player(whole=False)
    played.came = came
    with trio.move_on_after(1.05):
        await played.follow(lambda: told.append(trio.current_time()))

    assert len(told) == 11
    assert played.next_frame_s(()) == LIVE_FRAME_S
