import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.tmux.queries.panes import (
    FLEET_SUBSCRIPTION,
    PANES_FORMAT,
    PaneRow,
    parse_fleet,
    parse_panes,
)

PANE = ["$1", "two words", "0", "@2", "%3", "44", "80", "24", "1", "7", "claude", "✻ title"]
PANE += ["4", "1", "main", "the builder", "codex"]
LISTED = [*PANE, "1700000000", "claude --continue", "/home/a, b"]
FACTS = {
    "session": "$1",
    "session_name": "two words",
    "destroy_unattached": False,
    "window": "@2",
    "pane": "%3",
    "pid": 44,
    "columns": 80,
    "rows": 24,
    "dead": True,
    "dead_status": 7,
    "command": "claude",
    "title": "✻ title",
    "window_index": 4,
    "pane_index": 1,
    "window_name": "main",
    "label": "the builder",
    "app": "codex",
}


def changed(fields, at, value):
    return "\t".join(value if index == at else field for index, field in enumerate(fields))


def test_a_listed_pane_has_every_fact():
    assert parse_panes(["\t".join(LISTED), ""]) == (
        PaneRow(
            **FACTS,
            activity_epoch_s=1700000000,
            cwd="/home/a, b",
            start_command="claude --continue",
        ),
    )


def test_a_program_that_has_ended_may_have_no_number():
    (row,) = parse_panes([changed(LISTED, 5, "")])

    assert row == attrs.evolve(parse_panes(["\t".join(LISTED)])[0], pid=0)


def test_a_fleet_tells_nothing_of_activity_and_directory():
    value = 2 * ("\t".join(PANE) + "\t") + "complete"

    assert parse_fleet(value) == 2 * (PaneRow(**FACTS, activity_epoch_s=None, cwd=None),)


def test_a_server_without_sessions_is_an_empty_fleet():
    assert parse_fleet("complete") == ()


def test_a_living_pane_has_no_status():
    (row,) = parse_panes([changed(LISTED, 9, "")])

    assert row.dead_status is None


@pytest.mark.parametrize(
    ("value", "destroyed"),
    [("", False), ("0", False), ("off", False), ("1", True), ("on", True), ("keep-last", True)],
)
def test_a_session_that_may_end_with_its_last_client_is_told(value, destroyed):
    (row,) = parse_panes([changed(LISTED, 2, value)])

    assert row.destroy_unattached is destroyed


@pytest.mark.parametrize(
    ("parse", "value"),
    [
        (parse_panes, ["\t".join(LISTED[:-1])]),
        (parse_panes, ["\t".join([*LISTED, "x"])]),
        (parse_panes, [changed(LISTED, 0, "1")]),
        (parse_panes, [changed(LISTED, 3, "%2")]),
        (parse_panes, [changed(LISTED, 4, "@3")]),
        (parse_panes, [changed(LISTED, 5, "x")]),
        (parse_panes, [changed(LISTED, 9, "x")]),
        (parse_panes, [changed(LISTED, 12, "yesterday")]),
        (parse_fleet, ""),
        (parse_fleet, "\t".join(PANE) + "\t"),
        (parse_fleet, "\t".join(PANE) + "complete"),
        (parse_fleet, "\t".join(PANE[1:]) + "\tcomplete"),
    ],
)
def test_a_row_that_is_not_ours_is_refused(parse, value):
    with pytest.raises(ProtocolError):
        parse(value)


@given(st.text(alphabet="$@%1\tcomplete", max_size=60))
def test_no_other_error_leaves_a_parser(text):
    for parse in (parse_fleet, lambda line: parse_panes([line])):
        try:
            parse(text)
        except ProtocolError:
            continue


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
def test_no_comma_divides_a_loop_of_the_fleet(loop):
    assert "," not in top_level(FLEET_SUBSCRIPTION, loop)


@pytest.mark.parametrize("form", [PANES_FORMAT, FLEET_SUBSCRIPTION])
def test_a_format_holds_nothing_that_strftime_would_expand(form):
    assert "%" not in form
