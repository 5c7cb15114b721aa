"""Small files of others."""

import os

from oma.runtime.small_files import MOST_BYTES, read_beginning, read_end


def test_the_beginning_of_a_file_is_read_whatever_it_holds(tmp_path):
    (tmp_path / "file").write_bytes(b"\xff" + b"x" * 9999)

    read = read_beginning(tmp_path / "file")

    assert read[:2] == "\ufffdx"
    assert len(read) == MOST_BYTES


def test_the_end_of_a_file_is_read_and_no_more_than_asked_for(tmp_path):
    (tmp_path / "file").write_bytes(b"x" * 9999 + b"\xffend")

    assert read_end(tmp_path / "file", 5) == "x\ufffdend"
    assert len(read_end(tmp_path / "file", 99999)) == 10003
    assert read_end(tmp_path / "none", 5) == ""


def test_what_is_no_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    for name in ("pipe", "", "none", "nu\0l"):
        assert read_beginning(tmp_path / name) == ""
