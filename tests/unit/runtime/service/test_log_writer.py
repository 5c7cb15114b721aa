import pytest
import trio
import trio.testing

from oma.model.events import MonitorStopped, PaneOutput, Unknown
from oma.model.standing import ChangesTold, WatchBegan
from oma.recording.reader import RecordingReader
from oma.runtime.service.log_writer import LogWriter
from tests.support.fleet_play import PANE
from tests.support.service_store import HEADER, a_store


@pytest.fixture
async def pair():
    one, other = trio.socket.socketpair(trio.socket.AF_UNIX)
    with one, other:
        yield one, other


async def read(connection):
    data = b""
    while part := await connection.recv(1 << 16):
        data += part
    return data


def records(data):
    return list(
        RecordingReader([[line for line in data.splitlines(keepends=True) if line != b"\n"]], "x")
    )


async def test_a_reader_gets_a_recording_that_begins_when_it_came(pair, autojump_clock):
    store = a_store()
    await trio.sleep(7.0)
    one, other = pair
    writer = LogWriter(one, HEADER, store)
    data = []

    async with trio.open_nursery() as nursery:

        async def write():
            await writer.run()
            one.close()

        async def keep():
            data.append(await read(other))

        nursery.start_soon(write)
        nursery.start_soon(keep)
        await trio.sleep(2.0)
        store.append(PaneOutput(PANE, b"on"))
        writer.clients_changed()
        await trio.sleep(1.0)
        store.append(MonitorStopped("over"))
    writer.close()

    told = records(data[0])
    assert b"\n\n" in data[0]  # it lives
    assert [r.seq for r in told] == list(range(1, len(told) + 1))
    assert told[0].event == WatchBegan(restored=True)
    stands = next(n for n, r in enumerate(told) if isinstance(r.event, ChangesTold))
    assert {r.t for r in told[: stands + 1]} == {0.0}
    assert [(r.t, r.event) for r in told[stands + 1 :]] == [
        (2.0, PaneOutput(PANE, b"on")),
        (2.0, Unknown("clients-changed", {})),
        (3.0, MonitorStopped("over")),
    ]
    assert store._tails == []


async def test_one_that_does_not_read_is_cut_off_and_delays_nobody(pair, autojump_clock):
    store = a_store()
    writer = LogWriter(pair[0], HEADER, store)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(writer.run)
        for _ in range(80):
            store.append(PaneOutput(PANE, b"x" * (1 << 20)))
        # it returns, though nobody has read
    writer.close()
    assert writer._tail.cut_off
