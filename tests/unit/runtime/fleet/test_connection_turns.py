"""Who connects when."""

import pytest
import trio

from oma.runtime.fleet.connection_turns import AT_ONCE, PASSED_ON_S, ConnectionTurns

HANGS_S = 10.0


@pytest.fixture
def began(nursery):
    """Let hosts connect at the same time, each for so many seconds; give when each began."""
    turns, began = ConnectionTurns(), {}

    async def connect(name, takes_s):
        with await turns.take() as turn:
            began[name] = trio.current_time() - start_s
            await trio.sleep(takes_s)
            turn.end()
            await trio.sleep(1000.0)

    async def all_of(hosts):
        for name, takes_s in hosts.items():
            nursery.start_soon(connect, name, takes_s)
            await trio.testing.wait_all_tasks_blocked()
        await trio.sleep(100.0)
        return {name: round(t, 3) for name, t in began.items()}

    start_s = trio.current_time()
    return all_of


async def test_few_connect_at_a_time_in_their_order_and_the_next_as_soon_as_one_has(
    began, autojump_clock
):
    found = await began({f"h{n}": 0.2 for n in range(20)})

    assert list(found) == [f"h{n}" for n in range(20)]
    assert [found[f"h{n}"] for n in range(20)] == [round(n // AT_ONCE * 0.2, 3) for n in range(20)]


async def test_hosts_that_hang_keep_the_others_waiting_for_a_moment_only(began, autojump_clock):
    hang = {f"hangs{n}": HANGS_S for n in range(4)}
    found = await began(hang | {f"h{n}": 0.2 for n in range(16)})

    assert {found[name] for name in hang} == {0.0}
    assert [found[f"h{n}"] for n in range(4)] == [PASSED_ON_S] * 4
    assert found["h15"] == round(PASSED_ON_S + 3 * 0.2, 3)


async def test_never_do_more_begin_in_a_moment_though_all_hang(began, autojump_clock):
    found = sorted((await began({f"hangs{n}": HANGS_S for n in range(20)})).values())

    assert found == [float(n // AT_ONCE) * PASSED_ON_S for n in range(20)]


async def test_a_turn_ends_with_its_block_once_and_with_who_waited_for_one(autojump_clock):
    turns = ConnectionTurns()
    held = [await turns.take() for _ in range(AT_ONCE)]
    with trio.move_on_after(PASSED_ON_S / 2) as waited:
        await turns.take()
    assert waited.cancelled_caught
    with held[0] as turn:
        turn.end()
        assert turns.held == held[1:]
        other = await turns.take()
    turn.end()
    assert turns.held == [*held[1:], other]
