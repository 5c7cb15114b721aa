"""Small files of others."""

import os

from oma.runtime.small_files import MOST_BYTES, read_beginning


def test_the_beginning_of_a_file_is_read_whatever_it_holds(tmp_path):
    (tmp_path / "file").write_bytes(b"\xff" + b"x" * 9999)

    read = read_beginning(tmp_path / "file")

    assert read[:2] == "\ufffdx"
    assert len(read) == MOST_BYTES


def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    for name in ("pipe", "", "none", "nu\0l"):
        assert read_beginning(tmp_path / name) == ""
