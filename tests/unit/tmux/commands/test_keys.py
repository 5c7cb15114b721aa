import pytest

from oma.tmux.commands.command import Safety
from oma.tmux.commands.keys import (
    CopyBuffer,
    DeleteBuffer,
    LeaveModes,
    LoadBuffer,
    PasteBuffer,
    SendBytes,
    SendKey,
    SetBuffer,
)

MUTATING = Safety.MUTATING

TABLE = [
    (SendKey("%1", "C-c"), MUTATING, "send-keys -t %1 C-c"),
    (SendBytes("%1", b"\x00a"), MUTATING, "send-keys -t %1 -H 00 61"),
    (LoadBuffer("b"), MUTATING, "load-buffer -b b -"),
    (CopyBuffer(), MUTATING, "load-buffer -"),
    (CopyBuffer("/dev/pts/1"), MUTATING, "load-buffer -w -t /dev/pts/1 -"),
    (SetBuffer("b", "t"), MUTATING, "set-buffer -b b -- t"),
    (SetBuffer("b", "t", append=True), MUTATING, "set-buffer -a -b b -- t"),
    (PasteBuffer("b", "%1"), MUTATING, "paste-buffer -d -p -b b -t %1"),
    (PasteBuffer("b", "%1", bracketed=False), MUTATING, "paste-buffer -d -b b -t %1"),
    (PasteBuffer("b", "%1", raw=True), MUTATING, "paste-buffer -d -p -S -b b -t %1"),
    (LeaveModes("%1"), MUTATING, "copy-mode -q -t %1"),
    (DeleteBuffer("b"), MUTATING, "delete-buffer -b b"),
]


@pytest.mark.parametrize(("command", "safety", "words"), TABLE, ids=repr)
def test_a_command_has_its_words_and_what_it_may_do(command, safety, words):
    assert " ".join(command.words()) == words
    assert command.safety is safety


@pytest.mark.parametrize("key", ["", "hello", "-X", "enter"])
def test_a_word_that_is_no_key_is_refused(key):
    with pytest.raises(ValueError, match="key"):
        SendKey("%1", key)
