import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import CommandError
from oma.tmux.commands.command import in_order
from oma.tmux.commands.keys import (
    DeleteBuffer,
    LeaveModes,
    LoadBuffer,
    PasteBuffer,
    SendBytes,
    SendKey,
    SetBuffer,
)
from oma.tmux.pane_input import (
    BYTES_A_COMMAND,
    PASTED_A_COMMAND,
    check_text,
    is_pasted,
    paste,
    plain_lines,
    put,
    type_bytes,
)


def pasted(**changes):
    """What is done where the pane takes input."""
    _, checked = put("%1", "b", **{"bracketed": False, "raw": False} | changes).commands
    return checked.otherwise


def test_bytes_come_on_standard_input_and_go_to_a_pane_that_is_known_to_take_them():
    load, checked = put("%1", "b", bracketed=False, raw=False).commands

    assert load == LoadBuffer("b")
    assert (checked.target, checked.condition) == ("%1", "#{||:#{pane_dead},#{pane_input_off}}")
    assert checked.then.commands[0] == DeleteBuffer("b")
    assert checked.then.commands[1].words()[-1] == "#{?#{pane_dead},dead,input-off}"
    assert checked.otherwise == PasteBuffer("b", "%1", bracketed=False)


def test_a_paste_is_between_brackets_once_the_pane_is_in_no_mode():
    assert pasted(bracketed=True) == in_order(LeaveModes("%1"), PasteBuffer("b", "%1"))


def test_control_characters_are_meant_where_tmux_would_spell_them_out():
    assert pasted(raw=True) == PasteBuffer("b", "%1", bracketed=False, raw=True)


@pytest.mark.parametrize(
    ("text", "pasted"), [("a", False), ("a\tb", False), ("a\nb", True), ("a" * 5000, True)]
)
def test_what_has_lines_or_is_long_has_to_arrive_in_one_piece(text, pasted):
    assert is_pasted(text) == pasted


@pytest.mark.parametrize(
    "text",
    [
        "a\n\x1b[201~b",
        "a\n\x03",
        "a\n\0",
        "a\n\ud800",
        "\0",
        "\udfff",
        "x" * 5000 + "\x1b",
        "a\n\x9b201~",
        "a\rb\nc",
    ],
)
def test_a_text_that_could_end_its_paste_or_cannot_be_given_is_refused(text):
    with pytest.raises(CommandError):
        check_text(text)


@pytest.mark.parametrize("text", ["-l Enter;", "\x1b", "a\n\tb;", "👩‍💻 é"])
def test_any_other_text_can_be_sent(text):
    check_text(text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one\r\ntwo\r\n", "one\ntwo"),
        ("one\rtwo\r", "one\ntwo"),
        ("one\n\n", "one"),
        ("\n one ", "\n one "),
        ("\r\n", ""),
    ],
)
def test_every_kind_of_newline_is_one_and_none_is_at_the_end(text, lines):
    assert plain_lines(text) == lines


@given(st.text())
def test_no_text_keeps_a_carriage_return_or_ends_in_a_newline(text):
    plain = plain_lines(text)

    assert "\r" not in plain
    assert not plain.endswith("\n")
    assert plain_lines(plain) == plain


def keys(data):
    """What is typed where keys go to the pane alone."""
    return [command.otherwise for command in type_bytes("%5", data, "b", raw=False)]


def test_bytes_are_typed_as_they_are_and_many_by_several_commands():
    assert keys(b"\x1b[Z;") == [SendBytes("%5", b"\x1b[Z;")]
    assert [len(command.data) for command in keys(b"x" * 1000)] == [
        BYTES_A_COMMAND,
        1000 - BYTES_A_COMMAND,
    ]
    assert keys(b"") == []


@given(st.binary(max_size=40) | st.text(max_size=600).map(str.encode))
def test_no_byte_is_lost_and_no_character_is_cut(data):
    parts = [each.data for each in keys(data.replace(b"\x1b", b""))]

    assert b"".join(parts) == data.replace(b"\x1b", b"")
    assert all(len(part) <= BYTES_A_COMMAND for part in parts)
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    assert all(part.decode() for part in parts)


def test_where_keys_would_go_astray_they_go_through_a_buffer():
    text, key = type_bytes("%5", b"a\0\n\x1b[A", "b", raw=True)
    filled, checked = text.then.commands

    assert (text.target, text.condition) == (
        "%5",
        "#{||:#{pane_in_mode},#{synchronize-panes}}",
    )
    assert filled == SetBuffer("b", "a\n")
    assert checked.otherwise == PasteBuffer(
        "b", "%5", bracketed=False, raw=True, keeps_newlines=True
    )
    assert key.then.condition == "#{keypad_cursor_flag}"
    assert [each.commands[0].text for each in (key.then.then, key.then.otherwise)] == [
        "\x1bOA",
        "\x1b[A",
    ]


def test_cursor_keys_are_typed_by_name_in_their_place():
    assert keys(b"a\x1b[A\x1bODb\x1b[H") == [
        SendBytes("%5", b"a"),
        SendKey("%5", "Up"),
        SendKey("%5", "Left"),
        SendBytes("%5", b"b"),
        SendKey("%5", "Home"),
    ]


def test_a_paste_is_without_controls_and_leaves_no_buffer():
    filled, pasted = paste("%5", "oma-1", "a\tb\nc\x1b[201~\x9b;#{d}")
    assert filled == SetBuffer("oma-1", "a\tb\nc[201~;#{d}")
    assert pasted.otherwise == in_order(LeaveModes("%5"), PasteBuffer("oma-1", "%5"))
    assert list(paste("%5", "oma-1", "\x1b")) == []


def test_a_newline_of_any_kind_is_one_enter_in_a_paste():
    filled, _ = paste("%5", "oma-1", "a\r\nb\rc\nd\n")

    assert filled == SetBuffer("oma-1", "a\nb\nc\nd\n")


def test_a_long_paste_is_added_to_its_buffer_piece_by_piece():
    first, second, _ = paste("%5", "oma-1", "é" * (PASTED_A_COMMAND + 1))

    assert (first.append, len(first.text)) == (False, PASTED_A_COMMAND)
    assert (second.append, second.text) == (True, "é")
