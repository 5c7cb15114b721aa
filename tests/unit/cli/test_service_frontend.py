import trio
import trio.testing

from oma.cli.service_frontend import ServiceFrontend
from oma.store.tail import Tail


class Live:
    def __init__(self):
        self.tail = Tail(10, 1000)


async def test_its_tasks_run_until_the_watch_ends():
    live, begun, ended = Live(), [], []

    async def task(context, run):
        begun.append((context, run))
        try:
            await trio.sleep_forever()
        finally:
            ended.append(run)

    async def short(_context, run):
        begun.append(("short", run))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(ServiceFrontend("context", (task, short)).show, live)
        await trio.testing.wait_all_tasks_blocked()
        assert sorted(name for name, _ in begun) == ["context", "short"]
        assert ended == []
        live.tail.close()

    assert ended == [live]
