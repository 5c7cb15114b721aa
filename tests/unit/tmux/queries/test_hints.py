import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.tmux.queries.hints import (
    ACTIVITY_SUBSCRIPTION,
    HINTS_SUBSCRIPTION,
    WindowHint,
    list_windows,
    parse_hints,
)


def test_a_value_says_of_each_window_when_it_printed_and_what_its_panes_are():
    assert parse_hints("@1\t990\t0 100claude\t@2\t991\t1 101 102\tcomplete") == {
        "@1": WindowHint("990", "0 100claude"),
        "@2": WindowHint("991", "1 101 102"),
    }


def test_a_window_of_two_sessions_is_one_that_tells_of_both():
    told = parse_hints("@1\t990\t0 100\t@1\t990\t4 100\tcomplete")

    assert told == {"@1": WindowHint("990", "0 100\t4 100")}


def test_what_is_noted_for_the_whole_server_is_told_of_every_window():
    told = parse_hints("@1\t990\t0 100\t@2\t991\t1 101\t@1\t990\t4 100\tcomplete7f")

    assert told == {"@1": WindowHint("990", "0 1007f\t4 100"), "@2": WindowHint("991", "1 1017f")}


def test_a_server_without_sessions_hints_at_nothing():
    assert parse_hints("complete") == {}


@pytest.mark.parametrize(
    "value",
    [
        "",
        "@1\t990\t0 100\t",
        "@1\t990\tcomplete",
        "1\t990\t0 100\tcomplete",
        "@1\tcomplete",
        "@1\t990\t0\t7complete",
    ],
)
def test_a_value_that_is_not_whole_is_refused(value):
    with pytest.raises(ProtocolError):
        parse_hints(value)


@given(st.text(alphabet="$@%1\tcomplete", max_size=60))
def test_no_other_error_leaves_the_parser(text):
    with contextlib.suppress(ProtocolError):
        parse_hints(text)


def test_windows_are_asked_for_wherever_they_are():
    assert list_windows(["@1", "@12"]).filter == "#{m:*|#{window_id}|*,|@1|@12|}"


def top_level(text, opener):
    """Return what stands directly inside the first `opener`, without any inner braces."""
    depth, out = 0, ""
    for index, character in enumerate(text[text.index(opener) + len(opener) :]):
        depth += text.startswith("#{", text.index(opener) + len(opener) + index)
        if character == "}":
            depth -= 1
        if depth < 0:
            return out
        out += character if depth == 0 else ""
    raise AssertionError("not closed")


@pytest.mark.parametrize("loop", ["#{S:", "#{W:", "#{P:"])
def test_no_comma_divides_a_loop_of_the_hints(loop):
    assert "," not in top_level(HINTS_SUBSCRIPTION, loop)
    assert loop == "#{P:" or "," not in top_level(ACTIVITY_SUBSCRIPTION, loop)


def test_a_hint_holds_nothing_that_strftime_would_expand():
    assert "%" not in HINTS_SUBSCRIPTION + ACTIVITY_SUBSCRIPTION
