from oma.tmux.commands.keys import PasteBuffer, SendBytes, SendKey, SetBuffer
from oma.tmux.pane_input import BYTES_A_COMMAND, PASTED_A_COMMAND, paste, type_bytes


def test_bytes_are_typed_as_they_are_and_many_by_several_commands():
    assert list(type_bytes("%5", b"\x1b[Z;")) == [SendBytes("%5", b"\x1b[Z;")]
    assert [len(command.data) for command in type_bytes("%5", b"x" * 1000)] == [
        BYTES_A_COMMAND,
        1000 - BYTES_A_COMMAND,
    ]
    assert list(type_bytes("%5", b"")) == []


def test_cursor_keys_are_typed_by_name_in_their_place():
    assert list(type_bytes("%5", b"a\x1b[A\x1bODb\x1b[H")) == [
        SendBytes("%5", b"a"),
        SendKey("%5", "Up"),
        SendKey("%5", "Left"),
        SendBytes("%5", b"b"),
        SendKey("%5", "Home"),
    ]


def test_a_paste_is_without_controls_and_leaves_no_buffer():
    assert list(paste("%5", "oma-1", "a\tb\nc\x1b[201~\x9b;#{d}")) == [
        SetBuffer("oma-1", "a\tb\nc[201~;#{d}"),
        PasteBuffer("oma-1", "%5"),
    ]
    assert list(paste("%5", "oma-1", "\x1b")) == []


def test_a_long_paste_is_added_to_its_buffer_piece_by_piece():
    first, second, _ = paste("%5", "oma-1", "é" * (PASTED_A_COMMAND + 1))

    assert (first.append, len(first.text)) == (False, PASTED_A_COMMAND)
    assert (second.append, second.text) == (True, "é")
