import os

import pytest

from oma.errors import OmaError
from oma.runtime.client.tmux_binary import missing_tmux, tmux_binary, with_tmux_binary


@pytest.mark.parametrize(
    ("environ", "binary"),
    [
        ({}, "tmux"),
        ({"OMA_TMUX": ""}, "tmux"),
        ({"OMA_TMUX": "tmux-3.2"}, "tmux-3.2"),
        ({"OMA_TMUX": "/opt/tmux"}, "/opt/tmux"),
    ],
)
def test_the_variable_names_the_tmux_that_is_run(environ, binary):
    assert tmux_binary(environ) == binary
    assert with_tmux_binary(["tmux", "-V"], environ) == [binary, "-V"]


def test_a_relative_path_is_one_from_where_we_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert tmux_binary({"OMA_TMUX": "bin/tmux"}) == str(tmp_path / "bin" / "tmux")


def test_a_relative_path_from_a_directory_that_was_removed_is_refused(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    os.rmdir(tmp_path / "gone")

    with pytest.raises(OmaError, match="has been removed"):
        tmux_binary({"OMA_TMUX": "bin/tmux"})


def test_another_program_is_left_alone():
    words = ["sh", "tmux"]

    assert with_tmux_binary(words, {"OMA_TMUX": "/opt/tmux"}) == words


def test_who_has_no_tmux_is_told_which_one_was_looked_for():
    assert "/opt/tmux" in missing_tmux({"OMA_TMUX": "/opt/tmux"})
