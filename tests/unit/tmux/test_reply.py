from oma.tmux.reply import Reply


def test_a_reply_splits_at_newlines_and_at_nothing_else():
    data = "a\rb\u2028c\x0bd\n\ne\n".encode()

    assert Reply(1, 2, True, True, data).lines() == ["a\rb\u2028c\x0bd", "", "e"]


def test_a_reply_that_printed_nothing_has_no_lines():
    assert Reply(1, 2, True, True, b"").lines() == []


def test_bytes_that_are_no_text_are_replaced():
    assert Reply(1, 2, True, True, b"caf\xe9\n").lines() == ["caf\ufffd"]
