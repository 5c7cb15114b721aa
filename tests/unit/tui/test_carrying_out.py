"""What is asked for, on its way to the executor."""

import attrs
import trio

from oma.model.intents import KillAgent, StopAgent, Together
from oma.tui.carrying_out import TAKEN_BACK_S, CarryingOut
from oma.tui.performing import TakeBack
from oma.tui.view_model import View
from tests.unit.tui.fleets import agent, update_context

FLEET = (agent(1, "a"), agent(2, "b"))
STOPS = Together((StopAgent("$1"), StopAgent("$2")))


@attrs.define
class Board:
    """A dashboard that notes what is done and said."""

    view: View = attrs.Factory(View)
    done: list = attrs.Factory(list)

    @property
    def executor(self):
        return self

    async def carry_out(self, intent, suspend):
        self.done.append((intent, trio.current_time()))
        return "done"

    def context(self):
        return update_context(*FLEET)

    def say(self, words):
        self.view = attrs.evolve(self.view, notice=words)

    def refresh(self):
        pass


async def test_a_stop_begins_when_it_can_be_taken_back_no_more(autojump_clock):
    board, began = Board(), trio.current_time()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(CarryingOut(board, None).carry_out, STOPS)
        await trio.sleep(TAKEN_BACK_S / 2)
        assert board.view.notice == "stopping a, b: u takes it back"
        assert board.view.stopping == ("a", "b")
        assert board.done == []

    assert board.done == [(STOPS, began + TAKEN_BACK_S)]
    assert (board.view.stopping, board.view.notice) == ((), "done")


async def test_what_is_taken_back_in_time_is_not_done(autojump_clock):
    board = Board()
    carrying_out = CarryingOut(board, None)
    async with trio.open_nursery() as nursery:
        for each in (StopAgent("$1"), StopAgent("$2")):
            nursery.start_soon(carrying_out.carry_out, each)
        await trio.sleep(TAKEN_BACK_S / 2)
        await carrying_out.carry_out(TakeBack())

    assert board.done == []
    assert (board.view.stopping, board.view.notice) == ((), "not stopped")


async def test_all_else_is_done_at_once(autojump_clock):
    board, began = Board(), trio.current_time()
    await CarryingOut(board, None).carry_out(KillAgent("$1"))

    assert board.done == [(KillAgent("$1"), began)]
