import os

import pytest

from oma.errors import OmaError
from oma.runtime.client.working_directory import absolute, working_directory


def test_a_relative_name_is_taken_from_where_we_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert absolute("a/b") == tmp_path / "a" / "b"
    assert absolute("/a/b") == absolute("/") / "a" / "b"


def test_a_directory_that_was_removed_is_told_and_absolute_names_need_none(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    os.rmdir(tmp_path / "gone")

    with pytest.raises(OmaError, match="has been removed: change to another one"):
        working_directory()
    with pytest.raises(OmaError, match="has been removed"):
        absolute("a")
    assert str(absolute("/a")) == "/a"
