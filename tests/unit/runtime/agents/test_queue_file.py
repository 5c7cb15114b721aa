"""The file of the queue: whole at every moment, and for its user alone."""

import threading

import pytest

from oma.errors import OmaError
from oma.files.locked_file import LockedFile
from oma.model.ids import PaneId
from oma.model.prompts import UNSURE, Addressee, PromptQueue
from oma.runtime.agents import queue_file
from oma.runtime.agents.queue_file import QueueFile

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


def test_the_prompts_of_two_senders_keep_their_order(file):
    def add(name):
        own = QueueFile(file.file)  # as of another process
        for number in range(20):
            own.change(lambda queue, text=f"{name}{number}": queue.added(BOB, text))

    threads = [threading.Thread(target=add, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = [prompt.text for prompt in file.read().prompts]
    for name in "ab":
        assert [text for text in texts if text[0] == name] == [f"{name}{n}" for n in range(20)]


def test_a_change_is_written_behind_what_is_there(file, monkeypatch):
    monkeypatch.setattr(queue_file, "SPARE_LINES", 10)
    path = file.file.path
    file.change(lambda queue: queue.added(BOB, "x" * 10_000))
    before = path.read_bytes()
    file.change(lambda queue: queue.added(BOB, "b"))
    assert path.read_bytes().startswith(before)
    assert path.stat().st_size < len(before) + 300
    for _ in range(12):
        file.change(lambda queue: queue.with_text(1, queue.prompts[0].text + "y"))
        file.change(lambda queue: queue.with_text(2, queue.prompts[1].text + "y"))
    assert path.read_bytes().count(b"\n") < 24  # it was written anew meanwhile
    assert QueueFile(file.file).read() == file.read()
    file.change(lambda queue: queue.without(lambda prompt: True))
    assert b"xxx" not in path.read_bytes()


def test_what_a_writer_left_half_written_counts_for_nothing(file):
    one = file.change(lambda queue: queue.added(BOB, "a"))
    two = file.change(lambda queue: queue.added(BOB, "b"))
    whole = file.file.path.read_bytes()
    for cut in range(whole.index(b"\n") + 1, len(whole), 9):
        file.file.path.write_bytes(whole[:cut])
        assert file.read() == one
    assert file.change(lambda queue: queue.added(BOB, "b")) == two
    assert QueueFile(file.file).read() == two


def test_a_queue_of_before_changes_were_lines_is_read(file):
    file.change(lambda queue: queue.added(BOB, "a"))
    path = file.file.path
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    file.change(lambda queue: queue.added(BOB, "b"))
    assert [prompt.text for prompt in QueueFile(file.file).read().prompts] == ["a", "b"]


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
