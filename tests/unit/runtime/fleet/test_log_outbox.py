"""What of a log has yet to be published, on the disk."""

import pytest

from oma.errors import OmaError
from oma.runtime.fleet.log_outbox import LogOutbox
from tests.support.log_entries import entry, numbered, printed

ENTRIES = [entry(numbered([printed(b"x" * 50)], n), facts=() if n == 1 else None) for n in range(1, 6)]  # fmt: skip


@pytest.fixture
def outbox(tmp_path):
    made = LogOutbox(tmp_path / "outbox")
    assert made.open() == 0
    for each in ENTRIES:
        assert made.add(each) == 0
    return made


def test_what_waits_comes_in_its_order_and_as_it_was(outbox):
    outbox.resume(None)
    found = []
    for each in outbox.waiting():
        found.append(each)
        outbox.published(each.place)
    assert found == ENTRIES
    assert list(outbox.waiting()) == []


def test_an_engine_that_lost_what_it_had_taken_gets_it_again(outbox):
    outbox.published((1000, 5))
    outbox.resume((1000, 3))
    assert next(outbox.waiting()) == ENTRIES[3]
    outbox.resume(None)
    assert next(outbox.waiting()) == ENTRIES[0]


def test_it_outlives_its_process(outbox, tmp_path):
    (tmp_path / "outbox" / "1000-9-9.part").write_bytes(b"cut")
    (tmp_path / "outbox" / "notes.entry").write_bytes(b"of somebody else")
    later = LogOutbox(tmp_path / "outbox")

    assert later.open() == 1000
    assert next(later.waiting()) == ENTRIES[0]
    assert (tmp_path / "outbox").stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in (tmp_path / "outbox").glob("1000-*.entry")} == {0o600}  # fmt: skip


def test_of_what_was_published_the_oldest_goes_and_of_what_was_not_when_there_is_too_much(outbox):
    outbox.kept_bytes = 1
    outbox.published((1000, 3))
    assert outbox.oldest == (1000, 4)
    outbox.most_bytes = 1
    assert outbox.add(entry(numbered([printed(b"y")] * 3, 6))) == 2
    assert outbox.oldest == (1000, 8)


def test_what_the_disk_does_not_take_or_give_is_one_line(outbox, tmp_path):
    (tmp_path / "outbox" / "1000-1-1.entry").write_bytes(b"nothing")
    with pytest.raises(OmaError, match="is damaged: remove it"):
        next(outbox.waiting())
    (tmp_path / "outbox" / "1000-1-1.entry").unlink()
    with pytest.raises(OmaError, match="cannot read"):
        next(outbox.waiting())
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OmaError, match="cannot use"):
        LogOutbox(tmp_path / "file").open()
    with pytest.raises(OmaError, match="cannot write"):
        LogOutbox(tmp_path / "nowhere").add(ENTRIES[0])
