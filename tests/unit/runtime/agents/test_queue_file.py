"""The file of the queue: whole at every moment, and for its user alone."""

import threading

import pytest

from oma.errors import OmaError
from oma.model.ids import PaneId
from oma.model.prompts import UNSURE, Addressee, PromptQueue
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.locked_file import LockedFile

BOB = Addressee("run", PaneId("%1"), "bob", "bob")


@pytest.fixture
def file(tmp_path):
    """Give a queue that nobody has written."""
    return QueueFile(LockedFile(tmp_path / "state" / "queue.json"))


def test_what_is_written_is_read(file):
    assert file.read() == PromptQueue()
    assert file.stamp() is None
    queue = file.change(lambda q: q.added(BOB, "é\n\x1b").with_state(1, UNSURE).halted(BOB, "why"))
    assert file.read() == queue
    assert file.file.path.stat().st_mode & 0o777 == 0o600


def test_each_change_is_seen_and_no_change_is_none(file):
    file.change(lambda queue: queue.added(BOB, "a"))
    stamp = file.stamp()
    file.change(lambda queue: queue)
    assert file.stamp() == stamp
    file.change(lambda queue: queue.added(BOB, "b"))
    assert file.stamp() != stamp


def test_two_who_change_it_lose_nothing(file):
    def add():
        for _ in range(20):
            file.change(lambda queue: queue.added(BOB, "x"))

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [prompt.number for prompt in file.read().prompts] == list(range(1, 41))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"prompts": 1}', '{"prompts": [1]}'])
def test_what_is_no_queue_is_named_and_left(file, text):
    file.file.path.parent.mkdir()
    file.file.path.write_text(text)
    with pytest.raises(OmaError, match="is no queue of prompts"):
        file.change(lambda queue: queue.added(BOB, "x"))
    assert file.file.path.read_text() == text


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    file = QueueFile(LockedFile(tmp_path / "file" / "queue.json"))
    with pytest.raises(OmaError, match="cannot write"):
        file.change(lambda queue: queue.added(BOB, "x"))
    with pytest.raises(OmaError, match="cannot read"):
        file.read()


def test_a_link_in_its_place_is_not_followed(file, tmp_path):
    file.file.path.parent.mkdir()
    (tmp_path / "other").write_text("mine")
    file.file.path.with_suffix(".new").symlink_to(tmp_path / "other")
    with pytest.raises(OmaError, match="cannot write"):
        file.change(lambda queue: queue.added(BOB, "x"))
    assert (tmp_path / "other").read_text() == "mine"
