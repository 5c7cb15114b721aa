"""The text of a command line is given in one way; `oma send` has the tests of its sources."""

import pytest

from oma.cli.given_text import given_text
from oma.errors import ConfigError, OmaError


def test_words_are_one_text():
    assert given_text(("a", "b"), None, "oma queue") == "a b"


def test_neither_or_both_are_refused():
    with pytest.raises(ConfigError, match="oma queue: give a text"):
        given_text((), None, "oma queue")


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "f").write_bytes(b"\xff")
    with pytest.raises(OmaError, match="f: the text is not in UTF-8"):
        given_text((), str(tmp_path / "f"), "oma queue")
    with pytest.raises(OmaError, match="no such file"):
        given_text((), str(tmp_path / "g"), "oma queue")
