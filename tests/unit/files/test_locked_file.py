"""A file of state: whole at every moment; `test_queue_file` has the tests of what fails."""

import fcntl

import pytest

from oma.errors import OmaError
from oma.files.locked_file import LockedFile


def test_what_is_written_is_read_and_is_for_its_user_alone(tmp_path):
    file = LockedFile(tmp_path / "state" / "x.json")
    assert (file.read(), file.stamp()) == (None, None)
    with file.alone():
        file.write({"a": ["é"]})
    assert file.read() == {"a": ["é"]}
    assert file.stamp() is not None
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert file.path.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_appended_stands_behind_the_rest(tmp_path):
    file = LockedFile(tmp_path / "x")
    with file.alone():
        file.replace(b"a\n")
        stamp = file.stamp()
        file.append(b"b\n")
    assert file.read_bytes() == b"a\nb\n"
    assert file.stamp() != stamp


def test_a_private_file_that_others_can_read_or_write_is_not_believed(tmp_path):
    file = LockedFile(tmp_path / "x", is_private=True)
    file.replace(b"x")
    assert file.read_bytes() == b"x"
    for mode in (0o640, 0o604, 0o660):
        file.path.chmod(mode)
        with pytest.raises(OmaError, match="chmod 600"):
            file.read_bytes()


def test_where_nothing_can_be_written_it_is_said(tmp_path):
    (tmp_path / "state").write_text("a file, and no directory")

    with (
        pytest.raises(OmaError, match="cannot write"),
        LockedFile(tmp_path / "state" / "f").alone(),
    ):
        pass


def test_what_could_not_replace_the_file_is_not_left_beside_it(tmp_path):
    file = LockedFile(tmp_path / "x")
    file.path.mkdir()

    with pytest.raises(OmaError, match="cannot write"):
        file.replace(b"y")

    assert list(tmp_path.iterdir()) == [file.path]


def test_one_process_at_a_time_changes_it(tmp_path):
    file = LockedFile(tmp_path / "x")
    lock = tmp_path / "x.lock"
    with file.alone(), lock.open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with lock.open() as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
