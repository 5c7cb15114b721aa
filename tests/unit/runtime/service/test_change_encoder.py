from datetime import datetime, timedelta

import trio

from oma.model.events import TimePassed
from oma.model.health import Health
from oma.runtime.service.change_encoder import ChangeEncoder
from oma.summary.change_lines import decode_log
from tests.support.service_store import a_store

BEGAN = datetime.fromisoformat("2026-11-20T09:00:00+00:00")


async def test_lines_tell_how_things_stand_and_what_changes(autojump_clock):
    store = a_store()
    await trio.sleep(5)
    store.append(TimePassed())
    changes, tail = ChangeEncoder(store, BEGAN), store.tail()
    begun = changes.begun()
    await trio.sleep(100)
    store.pass_time()
    told = changes.told(tail.take())
    await trio.sleep(20)
    store.append(TimePassed())

    log = decode_log((begun + told + changes.ended()).splitlines(keepends=True), BEGAN)
    assert (log.began, log.ended) == (BEGAN, BEGAN + timedelta(seconds=120))
    assert [(each.at, each.agent, each.health) for each in log.changes] == [
        (BEGAN, "oma-agent-1", Health.OK),
        (BEGAN + timedelta(seconds=55), "oma-agent-1", Health.IDLE),
    ]
    assert changes.told([]) == b""
