import stat
from pathlib import Path

import pytest

from oma.errors import OmaError
from oma.runtime.service.history_directory import (
    HistoryDirectory,
    changes_path,
    history_name,
    summary_path,
)

NOW = 1_800_000_000.0


@pytest.fixture
def directory(tmp_path):
    return HistoryDirectory(tmp_path / "state" / "history", "ab12")


def test_there_is_none_until_something_is_written(directory):
    assert directory.segments() == []
    first = directory.new(NOW)
    first.write_bytes(b"12")
    second = directory.new(NOW)
    second.write_bytes(b"3")
    (directory.path / "notes").touch()

    assert stat.S_IMODE(directory.path.stat().st_mode) == 0o700
    assert [(s.name, s.size_bytes) for s in directory.segments()] == [
        (first.name, 2),
        (second.name, 1),
    ]


def test_one_that_is_empty_tells_nothing_and_goes_with_the_others(directory):
    empty = directory.new(NOW - 100.0)
    empty.touch()
    full = directory.new(NOW)
    full.write_bytes(b"1")

    assert [segment.name for segment in directory.told()] == [full.name]
    directory.prune(NOW + 60.0, 50.0, 1000)
    assert not empty.exists()


def test_what_is_too_old_is_removed_and_nothing_else(directory):
    old, new = directory.new(NOW - 100.0), None
    old.touch()
    new = directory.new(NOW - 50.0)
    new.touch()
    (directory.path / "notes").touch()
    for path in (changes_path, summary_path):
        path(old).touch()

    directory.prune(NOW, 10.0, 1000)

    assert sorted(path.name for path in directory.path.iterdir()) == [new.name, "notes"]


def test_what_is_beside_a_recording_counts_as_a_part_of_it(directory):
    old, new = directory.new(NOW - 100.0), None
    for path in (old, changes_path(old), summary_path(old)):
        path.write_bytes(b"1" * 100)
    new = directory.new(NOW - 50.0)
    new.write_bytes(b"1" * 100)
    assert [segment.size_bytes for segment in directory.segments()] == [300, 100]
    directory.prune(NOW, 1e6, 399)
    assert [path.name for path in directory.path.iterdir()] == [new.name]


def test_a_history_is_named_after_the_socket_of_its_service():
    assert history_name(Path("/run/oma/serve-ab12.sock")) == "ab12"


def test_what_cannot_be_is_said(tmp_path):
    (tmp_path / "file").touch()
    directory = HistoryDirectory(tmp_path / "file", "ab12")

    with pytest.raises(OmaError, match="cannot make"):
        directory.new(NOW)
    with pytest.raises(OmaError, match="cannot read"):
        directory.segments()
