import trio
import trio.testing

from oma.model.events import PaneCaptured, PaneOutput, Record, TimePassed
from oma.model.ids import PaneId
from oma.store.tail import Tail, TailStep

PANE = PaneId("%1")


def step(seq, event=None):
    return TailStep(Record(seq, 0.0, TimePassed() if event is None else event), [])


def tail(steps=100, size_bytes=1000):
    return Tail(capacity_steps=steps, capacity_bytes=size_bytes)


async def seqs(tail):
    return [step.record.seq for step in await tail.receive()]


async def test_a_reader_gets_all_steps_that_are_there_in_order():
    here = tail()
    for seq in (1, 2, 3):
        here.put(step(seq))

    assert await seqs(here) == [1, 2, 3]
    here.put(step(4))
    assert await seqs(here) == [4]


async def test_a_reader_of_transitions_gets_no_other_steps_and_is_not_cut_off_by_them():
    here = tail(steps=1, size_bytes=10)
    here.only_transitions = True
    told = TailStep(Record(3, 0.0, TimePassed()), [object()])
    here.put(step(1, PaneOutput(PANE, b"x" * 100)))
    here.put(step(2))
    here.put(told)

    assert await here.receive() == [told]
    assert not here.cut_off


async def test_a_reader_waits_for_the_next_step(autojump_clock):
    here, got = tail(), []

    async def read():
        got.extend(await seqs(here))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(read)
        await trio.testing.wait_all_tasks_blocked()
        assert got == []
        here.put(step(1))

    assert got == [1]


async def test_a_closed_tail_gives_what_it_holds_and_then_the_end():
    here = tail()
    here.put(step(1))
    here.close()
    here.put(step(2))

    assert await seqs(here) == [1]
    assert await seqs(here) == []
    assert not here.cut_off


async def test_the_end_wakes_a_reader_that_waits(autojump_clock):
    here = tail()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(here.receive)
        await trio.testing.wait_all_tasks_blocked()
        here.close()


async def test_a_reader_that_falls_behind_gets_what_was_held_and_then_the_end():
    here = tail(steps=2)
    for seq in (1, 2, 3, 4):
        here.put(step(seq))

    assert here.cut_off
    assert await seqs(here) == [1, 2]
    assert await seqs(here) == []


async def test_what_panes_printed_is_bounded_in_bytes_and_only_while_it_is_held():
    here = tail(size_bytes=10)
    here.put(step(1, PaneOutput(PANE, b"x" * 6)))
    assert await seqs(here) == [1]
    here.put(step(2, PaneOutput(PANE, b"x" * 6)))
    here.put(step(3, PaneCaptured(PANE, 80, 24, 0, 0, False, b"x" * 4)))
    assert not here.cut_off

    here.put(step(4, PaneOutput(PANE, b"x")))

    assert here.cut_off
    assert await seqs(here) == [2, 3]
