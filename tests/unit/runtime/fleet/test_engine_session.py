from itertools import pairwise

import trio

from oma.runtime.fleet.engine import EngineError
from oma.runtime.fleet.engine_session import WAITS_S, EngineSession
from tests.support.fake_engine import FakeEngine


async def test_each_loss_is_said_once_and_it_is_tried_later_and_later(nursery, autojump_clock):
    tried_s, lost, again = [], [], []

    async def follow(link):
        tried_s.append(trio.current_time())
        if len(tried_s) == 4:
            again.append(session.works())
            await trio.sleep(10.0)
        raise EngineError("gone")

    session = EngineSession(FakeEngine(), follow, lambda error: lost.append(str(error)))
    with trio.move_on_after(20.0):
        await session.run()

    waited = [later - earlier for earlier, later in pairwise(tried_s)]
    assert waited[:3] == list(WAITS_S[:3])
    assert waited[3] == 10.0 + WAITS_S[0]
    assert (lost, again) == (["gone", "gone"], [True])
