"""A file of state: whole at every moment; `test_queue_file` has the tests of what fails."""

from oma.runtime.locked_file import LockedFile


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
