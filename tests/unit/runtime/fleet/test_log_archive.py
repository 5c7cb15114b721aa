"""The logs of all machines as recordings in a directory."""

import attrs
import pytest
import trio

from oma.errors import OmaError
from oma.recording.files import open_recording
from oma.runtime.fleet.log_archive import LogArchive
from tests.support.fake_engine import FakeEngine
from tests.support.log_entries import FACTS, HEADER, entry, numbered, printed

LOG = numbered([*FACTS, printed(b"a"), printed(b"b")])


@attrs.define
class Archive:
    engine: FakeEngine
    archive: LogArchive
    said: list

    def publish(self, host, *entries):
        self.engine.descriptions.setdefault(host, b"")
        self.engine.logs.setdefault(host, []).extend(entries)

    def recorded(self):
        found = {}
        for path in sorted(self.archive.directory.iterdir()):
            with open_recording(path) as reader:
                assert reader.header == HEADER
                found[path.name] = list(reader)
                assert reader.torn is None
        return found


@pytest.fixture
def made(tmp_path):
    engine, said = FakeEngine(), []
    return Archive(engine, LogArchive(engine, tmp_path / "logs", said.append), said)


async def keep(made, during=None):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(made.archive.run)
        if during is not None:
            await during()
        await trio.sleep(10.0)
        nursery.cancel_scope.cancel()


async def test_each_run_of_each_host_is_a_recording_to_the_record(made, autojump_clock):
    made.publish("box", entry(LOG[:5], facts=()))
    made.publish("gpu1", entry(LOG, facts=()))
    made.publish("../x", entry(LOG, facts=()))

    async def more():
        await trio.sleep(1.0)
        made.publish("box", entry(LOG[5:]), entry(LOG, 2000, ()))

    await keep(made, more)

    assert made.recorded() == {
        "box-1000.jsonl.zst": LOG,
        "box-2000.jsonl.zst": LOG,
        "gpu1-1000.jsonl.zst": LOG,
    }
    assert "box: recording box-1000.jsonl.zst" in made.said


async def test_what_was_dropped_is_said_and_begins_another_recording(made, autojump_clock):
    made.publish("box", entry(LOG[:2], facts=()))

    async def more():
        await trio.sleep(1.0)
        made.publish("box", entry(LOG[5:6]), entry(LOG[6:], facts=FACTS))

    await keep(made, more)

    assert list(made.recorded()) == ["box-1000-7.jsonl.zst", "box-1000.jsonl.zst"]
    assert "box: records 3 to 6 are missing" in made.said


async def test_an_outage_and_another_run_lose_nothing(made, autojump_clock):
    made.publish("box", entry(LOG[:5], facts=()))

    async def outage():
        await trio.sleep(1.0)
        made.engine.is_down = True
        await trio.sleep(10.0)
        made.publish("box", entry(LOG[5:]))
        made.engine.is_down = False

    await keep(made, outage)
    again = LogArchive(made.engine, made.archive.directory, made.said.append)
    await keep(attrs.evolve(made, archive=again))

    assert made.recorded() == {"box-1000.2.jsonl.zst": LOG, "box-1000.jsonl.zst": LOG}
    assert "the engine lost: it is down" in made.said


async def test_a_log_that_is_damaged_is_said_and_hurts_no_other(made, autojump_clock):
    made.publish("box", attrs.evolve(entry(LOG[:5], facts=()), records=b"x"))
    made.publish("gpu1", entry(LOG, facts=()))

    await keep(made)

    assert made.recorded()["gpu1-1000.jsonl.zst"] == LOG
    [refused] = [words for words in made.said if words.startswith("box: not recorded any more")]
    assert refused


async def test_a_directory_that_cannot_be_made_is_one_line(made, autojump_clock, tmp_path):
    made.archive.directory = tmp_path / "file" / "x"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OmaError, match="cannot make"):
        await made.archive.run()
