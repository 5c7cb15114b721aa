"""What of the log is news on a screen, and how often."""

import trio

from oma.model.events import PaneOutput, Record, SessionRenamed
from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId, PaneId
from oma.model.standing import ChangesTold, PastChange
from oma.store.tail import Tail, TailStep
from oma.tui.log_follower import FRAMES_A_SECOND, TURNS_SAVED, LogFollower
from tests.support.fleet_play import PANE, SESSION


def a_step(event, transitions=()):
    return TailStep(Record(1, 0.0, event), transitions)


def following(**values):
    return LogFollower(Tail(10_000, 1 << 20), **{"noted": lambda told: None} | values)


def test_of_output_only_that_of_the_pane_that_is_shown_is_news():
    follows = following(pane=PANE, screen_changed=False)

    assert not follows.is_news(a_step(PaneOutput(PaneId("%99"), b"x")))
    assert not follows.screen_changed
    assert follows.is_news(a_step(PaneOutput(PANE, b"x")))
    assert follows.screen_changed


def test_a_transition_is_news_wherever_it_comes_from_and_is_kept():
    noted = []
    follows = following(pane=PANE, screen_changed=False, noted=noted.append)
    told = a_step(PaneOutput(PaneId("%99"), b"x"), ["a transition"])

    assert follows.is_news(told)
    follows.is_news(a_step(PaneOutput(PaneId("%99"), b"x")))
    assert noted == [told]
    assert (list(follows.transitions), follows.screen_changed) == (["a transition"], False)


def test_whatever_is_no_output_is_news():
    assert following().is_news(a_step(SessionRenamed(SESSION, "new")))


async def test_news_comes_no_faster_than_a_user_reads(autojump_clock):
    follows, told = following(pane=PANE), []
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follows.run, lambda: told.append(trio.current_time()))
        for _ in range(1000):
            follows.tail.put(a_step(PaneOutput(PANE, b"x")))
            await trio.sleep(0.002)
        follows.tail.close()

    assert FRAMES_A_SECOND < len(set(told)) <= 2 * FRAMES_A_SECOND + TURNS_SAVED + 2


def test_what_was_told_before_we_came_is_shown_before_what_is_told_now():
    follows = following()
    past = PastChange(AgentId("%1"), "bob", "", 60.0, "ok", "stuck", "quota", "x/y", "limit", 90.0)
    first = Verdict(Health.OK, "r", "x/y", "e", 0.0)
    now = Transition(0.0, 1, "bob", Health.STUCK, first, AgentId("%1"))

    follows.is_news(a_step(SessionRenamed(SESSION, "x"), (now,)))
    follows.is_news(a_step(ChangesTold((past, past))))
    follows.is_news(a_step(ChangesTold((past,))))

    assert [told.t for told in follows.transitions] == [-60.0, -60.0, 0.0]
