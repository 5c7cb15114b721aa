"""A line that is edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tui.editor import Editor

KEYS = ["Backspace", "Delete", "C-d", "C-u", "C-k", "C-w", "Left", "Right", "Home", "End", "C-a",
        "C-e", "C-b", "C-f", "Up", "F1", "x", "é", "日", " ", "\x00"]  # fmt: skip


def typed(*keys, start=""):
    editor = Editor(start, len(start))
    for key in keys:
        editor = editor.typed(key)
    return editor


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        (["x"], "one twox", 8),
        (["Home", "x"], "xone two", 1),
        (["C-a", "Delete"], "ne two", 0),
        (["Backspace"], "one tw", 6),
        (["Left", "Left", "Backspace"], "one wo", 4),
        (["C-w"], "one ", 4),
        (["C-w", "C-w"], "", 0),
        (["Left", "C-u"], "o", 0),
        (["Home", "Right", "C-k"], "o", 1),
        (["C-b", "C-f", "x"], "one twox", 8),
        (["Home", "C-e", "C-d"], "one two", 7),
        (["F1"], "one two", 7),
    ],
)
def test_keys_do_what_they_do_in_a_shell(keys, text, cursor):
    assert typed(*keys, start="one two") == Editor(text, cursor)


def test_a_wide_character_moves_the_cursor_by_two_cells():
    assert typed("日").cursor_cells == 2


@given(st.lists(st.sampled_from(KEYS), max_size=20))
def test_the_cursor_never_leaves_the_text(keys):
    editor = typed(*keys)

    assert 0 <= editor.cursor <= len(editor.text)
    assert "\x00" not in editor.text


@pytest.mark.parametrize(
    ("text", "lines", "kept", "shown"),
    [
        ("a\nb\tc", True, "a\nb\tc", "a⏎b c"),
        ("a\nb\tc\n", False, "a b c", "a b c"),
        ("\x1b[2Ja", True, "␛[2Ja", "␛[2Ja"),
    ],
)
def test_a_paste_is_put_in_at_the_cursor(text, lines, kept, shown):
    editor = Editor("><", 1).pasted(text, lines=lines)

    assert editor == Editor(f">{kept}<", 1 + len(kept))
    assert (editor.shown, editor.cursor_cells) == (f">{shown}<", 1 + len(shown))


def test_the_end_that_is_typed_stays_in_sight():
    assert Editor("日本語abc", 6).seen(5) == ("語abc", 5)
    assert Editor("日本語abc", 0).seen(5) == ("日本語abc", 0)
    assert Editor("abc", 3).seen(0) == ("", 0)
