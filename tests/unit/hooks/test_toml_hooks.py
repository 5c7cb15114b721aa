"""Hooks in a TOML file of the user."""

import tomllib

import pytest

from oma.errors import OmaError
from oma.hooks.toml_hooks import TomlHooks

HOOKS = TomlHooks("bob", ("Start", "Stop"), 5, ('/bin/my "oma"',))
THEIRS = """# mine
model = "k2"

[[hooks]]
event = "Stop"
command = "beep"

[loop]
steps = 3
"""


@pytest.mark.parametrize("text", [None, "", THEIRS, THEIRS.rstrip("\n"), "a = 1\r\n"])
def test_they_are_put_in_once_and_what_was_there_stays(text):
    installed = HOOKS.changed(text, "f", install=True)
    again = HOOKS.changed(installed, "f", install=True)
    removed = HOOKS.changed(installed, "f", install=False)

    assert again == installed
    assert installed.startswith(text or "")
    assert (removed or "").rstrip("\n") == (text or "").rstrip("\n")
    *theirs, start, stop = tomllib.loads(installed)["hooks"]
    assert [each["command"] for each in theirs] == (["beep"] if text and "beep" in text else [])
    assert (start["event"], stop["event"], stop["timeout"]) == ("Start", "Stop", 5)
    assert stop["command"] == "'/bin/my \"oma\"' report --from-hook bob || true"


def test_those_of_another_oma_are_replaced():
    older = TomlHooks("bob", ("Start", "Before"), 9, ("/old/oma",)).changed(
        THEIRS, "f", install=True
    )
    newer = HOOKS.changed(older, "f", install=True)

    assert newer == HOOKS.changed(THEIRS, "f", install=True)
    assert HOOKS.describe(older, "f")[:2] == [
        f"{'Start':<20} installed",
        f"{'Stop':<20} not installed",
    ]
    assert HOOKS.describe(None, "f")[0].endswith("not installed")


@pytest.mark.parametrize("text", [None, THEIRS])
def test_where_nothing_is_ours_removing_changes_not_a_byte(text):
    assert HOOKS.changed(text, "f", install=False) == text


@pytest.mark.parametrize("text", ["a = ", "hooks = 1", "hooks = []", "[hooks]\nstop = 1"])
def test_what_they_cannot_be_added_to_is_refused_with_its_name(text):
    with pytest.raises(OmaError, match=r"^config\.toml"):
        HOOKS.changed(text, "config.toml", install=True)
