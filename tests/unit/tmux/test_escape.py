import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.errors import CommandError
from oma.tmux.escape import (
    _unescape_slowly,
    argv_argument,
    quote,
    quote_format,
    quote_message,
    unescape,
)
from tests.support.wire_events import escape

TRICKY = st.lists(
    st.sampled_from([b"\\", b"\\0", b"\\01", b"\\033", b"\\377", b"\\400", b"\\x41", b"\\n", b"7"])
    | st.binary(max_size=3)
).map(b"".join)


@given(st.binary())
def test_what_tmux_escapes_comes_back(data):
    assert unescape(escape(data)) == data
    assert re.search(rb"[\x00-\x1f]", escape(data)) is None


def test_every_byte_is_escaped_as_tmux_does():
    assert escape(bytes(range(256))).startswith(rb"\000\001\002")
    assert escape(b"\x1b \\ \x7f\xff~") == b"\\033 \\134 \x7f\xff~"


@given(TRICKY)
@settings(max_examples=300)
def test_the_fast_and_the_slow_way_agree_on_anything(data):
    assert unescape(data) == _unescape_slowly(data)


@pytest.mark.parametrize(
    "data", [b"\\", b"\\\\", b"\\0", b"\\08x", b"\\n", b"\\x41", b"\\400", b"\\777", b"a\\134\\"]
)
def test_a_backslash_that_tmux_did_not_write_stands_for_itself(data):
    assert unescape(data) == data.replace(b"\\134", b"\\")


def read_as_tmux_does(quoted):
    """Read one double-quoted argument by the rules of tmux's lexer; refuse all that is special."""
    assert quoted[0] == quoted[-1] == '"'
    inner = quoted[1:-1]
    assert re.fullmatch(r'(?:[^\\"$~;#{}\n\r]|\\[0-3][0-7]{2})*', inner), inner
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), inner)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_quoted_text_is_one_argument_without_any_special_character(text):
    assert read_as_tmux_does(quote(text)) == text


def test_an_empty_text_is_an_argument_too():
    assert quote("") == '""'


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
@pytest.mark.parametrize("function", [quote, argv_argument])
def test_what_tmux_cannot_be_given_is_refused(text, function):
    with pytest.raises(CommandError, match=r"cannot be given"):
        function(text)


def expanded_as_tmux_does(text):
    """Expand a format by the rules of tmux's `format_expand`, for formats without `#{`."""
    out, at = "", 0
    while at < len(text):
        run = re.compile("#*").match(text, at)[0]
        if not run:
            out += text[at]
            at += 1
        elif text.startswith("[", at + len(run)):
            out += run + "["
            at += len(run) + 1
        elif len(run) == 1:
            raise AssertionError(f"a special character is left: {text!r}")
        else:
            out += "#"
            at += 2
    return out


@given(st.text(alphabet="#[{}(hS,a%"))
def test_a_quoted_format_expands_to_its_text(text):
    assert expanded_as_tmux_does(quote_format(text)) == text


@pytest.mark.parametrize(
    ("text", "argument"),
    [("a;", "a\\;"), (";", "\\;"), ("a;b", "a;b"), ("\\;", "\\\\;"), ("", "")],
)
def test_a_semicolon_at_the_end_of_an_argument_does_not_end_the_command(text, argument):
    assert argv_argument(text) == argument


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fix #1 at 100%", "fix ##1 at 100%%"),
        ("#{pid} #(touch x)", "##{pid} ##(touch x)"),
        ("#[fg=red] ##[x]", "## [fg=red] #### [x]"),
        ("%H", "%%H"),
    ],
)
def test_a_message_holds_no_format_no_time_and_no_style(text, message):
    assert quote_message(text) == message
