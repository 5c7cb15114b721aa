import trio
import trio.testing

from oma.store.waiters import Waiters


async def test_all_who_wait_are_woken_and_nobody_is_none():
    waiters, woken = Waiters(), []

    async def wait(name):
        await waiters.park()
        woken.append(name)

    waiters.unpark_all()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(wait, "a")
        nursery.start_soon(wait, "b")
        await trio.testing.wait_all_tasks_blocked()
        waiters.unpark_all()

    assert sorted(woken) == ["a", "b"]
