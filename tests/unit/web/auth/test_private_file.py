import fcntl

import pytest

from oma.errors import OmaError
from oma.web.auth.private_file import PrivateFile


@pytest.fixture
def file(tmp_path):
    return PrivateFile(tmp_path / "state" / "file.json")


def write(file, text):
    with file.locked():
        file.write(text)


def test_what_was_written_is_read_and_is_the_owners_alone(file, no_umask):
    assert (file.read(), file.version()) == (None, None)

    write(file, "one")
    first = file.version()
    write(file, "two")

    assert file.read() == b"two\n"
    assert file.version() != first
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert file.path.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(each.name for each in file.path.parent.iterdir()) == [
        "file.json",
        "file.json.lock",
    ]


def test_a_file_that_others_can_read_or_write_is_not_believed(file):
    write(file, "x")
    for mode in (0o640, 0o604, 0o660):
        file.path.chmod(mode)
        with pytest.raises(OmaError, match="chmod 600"):
            file.read()


def test_where_nothing_can_be_written_it_is_said(tmp_path):
    (tmp_path / "state").write_text("a file, and no directory")

    with (
        pytest.raises(OmaError, match="cannot write"),
        PrivateFile(tmp_path / "state" / "f").locked(),
    ):
        pass


def test_what_could_not_replace_the_file_is_not_left_beside_it(file):
    write(file, "x")
    file.path.unlink()
    file.path.mkdir()

    with pytest.raises(OmaError, match="cannot write"):
        file.write("y")

    assert not list(file.path.parent.glob("file.json.[0-9]*"))


def test_one_process_at_a_time_changes_it(file):
    with file.locked(), open(f"{file.path}.lock") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with open(f"{file.path}.lock") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
