"""A line that is edited."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.tui.cells import cells
from oma.tui.editor import Editor, sendable

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


TEXTS = [
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # ZWNJ between Persian letters
    "\u1112\u1161\u11ab.txt",  # a decomposed Hangul syllable
    "cafe\u0301",
    "❤\ufe0f",
    "👩\u200d💻 do it",
    "\U0001fae8",
    "\u0915\u200d\u094d\u0937",
    "\u200eleft\u202eright\u2066",
    "two  blanks\xa0and\u3000wide ones",
    "\U0001cc00 of a later Unicode",
    "\ue0b0",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_as_it_was_typed_or_pasted(text):
    assert typed(*text).text == text
    assert Editor().pasted(text).text == text
    assert Editor().pasted(text, lines=True).text == text


@given(st.text())
def test_of_any_text_only_control_characters_are_left_out(text):
    kept = "".join(c for c in text if unicodedata.category(c) != "Cc" or c in "\n\t")

    assert sendable(text) == kept
    assert Editor().pasted(text, lines=True).text == kept


@pytest.mark.parametrize(
    "cluster", ["👩\u200d💻", "e\u0301", "\u1112\u1161\u11ab", "❤\ufe0f", "🇫🇷"]
)
def test_the_cursor_moves_by_what_a_user_takes_for_one_character(cluster):
    start = f"a{cluster}b"
    end = 1 + len(cluster)

    assert typed("Left", "Left", start=start).cursor == 1
    assert typed("Home", "Right", "Right", start=start).cursor == end
    assert typed("Left", "Backspace", start=start) == Editor("ab", 1)
    assert typed("Home", "Right", "Delete", start=start) == Editor("ab", 1)


@given(st.lists(st.sampled_from([*KEYS, "\u200d", "\u0301", "👩", "\u1161"]), max_size=20))
def test_the_cursor_never_leaves_the_text(keys):
    editor = typed(*keys)

    assert 0 <= editor.cursor <= len(editor.text)
    assert "\x00" not in editor.text


@pytest.mark.parametrize(
    ("text", "lines", "kept", "shown"),
    [
        ("a\nb\tc", True, "a\nb\tc", "a⏎b c"),
        ("a\nb\tc\n", False, "a b c", "a b c"),
        ("\x1b[2Ja\x9b\x00", True, "[2Ja", "[2Ja"),
    ],
)
def test_a_paste_is_put_in_at_the_cursor(text, lines, kept, shown):
    editor = Editor("><", 1).pasted(text, lines=lines)

    assert editor == Editor(f">{kept}<", 1 + len(kept))
    assert editor.seen(80) == (f">{shown}<", 1 + len(shown))


@pytest.mark.parametrize(
    ("text", "shown", "columns"),
    [
        ("日", "日", 2),
        ("\u1112\u1161\u11ab", "한", 2),
        ("e\u0301", "é", 1),
        ("a\u200cb", "ab", 2),
        ("👩\u200d💻", "👩💻", 4),
        ("\u202eabc", "abc", 3),
    ],
)
def test_what_is_shown_has_the_width_that_the_terminal_counts(text, shown, columns):
    assert Editor(text, len(text)).seen(80) == (shown, columns)
    assert cells(shown) == columns


def test_the_end_that_is_typed_stays_in_sight():
    assert Editor("日本語abc", 6).seen(5) == ("語abc", 5)
    assert Editor("日本語abc", 0).seen(5) == ("日本語", 0)
    assert Editor("abc", 3).seen(0) == ("", 0)
    assert Editor("abc", 0).seen(80) == ("abc", 0)


@given(st.text(), st.integers(-1, 30))
def test_the_cursor_is_always_in_sight(text, columns):
    _, cursor = Editor(text, len(text)).seen(columns)

    assert 0 <= cursor <= max(0, columns)
