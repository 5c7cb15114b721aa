"""Keys by name; painting itself is seen in tests/integration/test_dashboard.py."""

import curses

import pytest

from oma.tui.inputs import Key
from oma.tui.painter import _key


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("x", "x"), ("é", "é"), ("\x1b", "Escape"), ("\n", "Enter"), ("\r", "Enter"),
        ("\t", "Tab"), ("\x7f", "Backspace"), ("\x08", "Backspace"), ("\x0c", "C-l"),
        (curses.KEY_UP, "Up"), (curses.KEY_NPAGE, "PageDown"), (curses.KEY_BTAB, "BackTab"),
    ],
)  # fmt: skip
def test_a_key_has_the_name_that_the_configuration_uses(given, name):
    assert _key(given) == Key(name)


@pytest.mark.parametrize("given", [curses.KEY_RESIZE, curses.KEY_F1, "\x00", "\x80"])
def test_what_is_no_key_of_ours_is_nothing(given):
    assert _key(given) is None
