import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.web.terminal.terminal_requests import (
    AskHistory,
    PasteText,
    ReleaseControl,
    TakeControl,
    TypeKeys,
    read_message,
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type":"take"}', TakeControl()),
        ('{"type":"release"}', ReleaseControl()),
        ('{"type":"history"}', AskHistory()),
        ('{"type":"keys","hex":"1b5b41"}', TypeKeys(b"\x1b[A")),
        ('{"type":"paste","text":"a\\nb"}', PasteText("a\nb")),
        ('{"type":"paste","text":"a\\ud800b"}', PasteText("a?b")),
    ],
)
def test_a_message_is_understood(text, message):
    assert read_message(text) == message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "{}",
        "[" * 30_000,
        '{"type":"keys"}',
        '{"type":"keys","hex":"1b5"}',
        '{"type":"keys","hex":"xx"}',
        '{"type":"keys","hex":27}',
        '{"type":"paste","text":null}',
        '{"type":"run"}',
    ],
)
def test_anything_else_is_not(text):
    assert read_message(text) is None


@given(st.text())
def test_nothing_makes_it_fail(text):
    read_message(text)
