import trio

from oma.runtime.monitor.held_output import MUCH_BYTES, SILENT_S, HeldOutput
from tests.support.wire_events import output

MUCH = [output(b"x" * MUCH_BYTES)]


async def test_a_client_that_was_sent_much_is_asked_once_when_it_falls_silent(
    nursery, autojump_clock
):
    asked_s = []
    held = HeldOutput(lambda: asked_s.append(trio.current_time()))
    nursery.start_soon(held.run)
    began_s = trio.current_time()

    for _ in range(4):
        held.heard(MUCH)
        await trio.sleep(1.0)
    await trio.sleep(60.0)

    assert asked_s == [began_s + 3.0 + SILENT_S]


async def test_little_output_asks_nothing_and_what_comes_after_an_answer_counts_anew(
    nursery, autojump_clock
):
    asked = []
    held = HeldOutput(lambda: asked.append(True))
    nursery.start_soon(held.run)

    held.heard([output(b"x" * (MUCH_BYTES - 1))])
    await trio.sleep(60.0)
    assert asked == []

    held.heard([output(b"x")])
    await trio.sleep(60.0)
    held.heard([output(b"x" * (MUCH_BYTES - 1))])
    await trio.sleep(60.0)
    assert asked == [True]
