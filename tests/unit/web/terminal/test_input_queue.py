from contextlib import asynccontextmanager

import attrs
import pytest
import trio

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.web.terminal.input_queue import IDLE_S, WAITING_BYTES, InputQueue
from oma.web.terminal.terminal_requests import PasteText, TypeKeys

PANE = PaneId("%1")


@attrs.define
class NotingKeyboards:
    """Keyboards that note what is typed."""

    typed: list = attrs.Factory(list)
    open_now: int = 0
    fails: str | None = None
    stuck: bool = False
    leaving_s: float = 0.0

    @asynccontextmanager
    async def open(self, pane):
        self.open_now += 1
        if self.stuck:
            await trio.sleep_forever()
        try:
            yield self
        finally:
            with trio.CancelScope(shield=True):
                await trio.sleep(self.leaving_s)
            self.open_now -= 1

    async def type(self, data):
        if self.fails:
            raise CommandError(self.fails)
        self.typed.append(data)

    async def paste(self, text):
        self.typed.append(text)


async def test_keys_are_joined_and_everything_stays_in_order():
    keyboards = NotingKeyboards()
    input_queue = InputQueue(PANE, keyboards)
    for typed in (TypeKeys(b"a"), TypeKeys(b"b"), PasteText("é"), TypeKeys(b"c")):
        assert input_queue.put(typed)
    input_queue.leave()
    await input_queue.run()

    assert keyboards.typed == [b"ab", "é", b"c"]
    assert input_queue.count_bytes == 5
    assert keyboards.open_now == 0


async def test_more_than_a_bound_does_not_wait():
    input_queue = InputQueue(PANE, NotingKeyboards())

    assert input_queue.put(TypeKeys(b"x" * WAITING_BYTES))
    assert not input_queue.put(TypeKeys(b"x"))


async def test_who_types_nothing_for_half_an_hour_leaves(autojump_clock):
    keyboards = NotingKeyboards()
    async with trio.open_nursery() as nursery:
        input_queue = InputQueue(PANE, keyboards)
        nursery.start_soon(input_queue.run)
        await trio.sleep(IDLE_S - 1)
        input_queue.put(TypeKeys(b"a"))
        await trio.sleep(IDLE_S - 1)
        assert keyboards.open_now == 1

    assert keyboards.typed == [b"a"]
    assert trio.current_time() - 2 * IDLE_S <= 1


async def test_who_is_stopped_types_nothing_more(autojump_clock):
    keyboards = NotingKeyboards()
    async with trio.open_nursery() as nursery:
        input_queue = InputQueue(PANE, keyboards)
        nursery.start_soon(input_queue.run)
        await trio.sleep(1)
        input_queue.put(TypeKeys(b"a"))
        input_queue.stop()

    assert keyboards.typed == []
    assert keyboards.open_now == 0


async def test_what_tmux_refuses_ends_it():
    input_queue = InputQueue(PANE, NotingKeyboards(fails="no such pane"))
    input_queue.put(TypeKeys(b"a"))

    with pytest.raises(CommandError, match="no such pane"):
        await input_queue.run()
