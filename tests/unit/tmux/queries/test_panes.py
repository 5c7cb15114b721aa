import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.tmux.queries.panes import (
    ACTIVE_FORMAT,
    PANES_FORMAT,
    PaneRow,
    parse_active,
    parse_panes,
)

PANE = ["$1", "two words", "0", "@2", "%3", "44", "80", "24", "1", "7", "claude", "✻ title"]
PANE += ["4", "1", "main", "the builder", "codex", "night", "/dev/pts/4"]
ACTIVE = [*PANE, "1700000000"]
LISTED = [*ACTIVE, "claude --continue", "/home/a, b"]
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
    "group": "night",
    "terminal": "/dev/pts/4",
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


def test_an_active_pane_has_no_directory_and_no_first_program():
    assert parse_active(["\t".join(ACTIVE), ""]) == (
        PaneRow(**FACTS, activity_epoch_s=1700000000, cwd=None),
    )


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
        (parse_active, ["\t".join(PANE)]),
        (parse_active, ["\t".join(LISTED)]),
        (parse_active, [changed(ACTIVE, 19, "x")]),
    ],
)
def test_a_row_that_is_not_ours_is_refused(parse, value):
    with pytest.raises(ProtocolError):
        parse(value)


@given(st.text(alphabet="$@%1\tcomplete", max_size=60))
def test_no_other_error_leaves_a_parser(text):
    for parse in (parse_active, parse_panes):
        try:
            parse([text])
        except ProtocolError:
            continue


@pytest.mark.parametrize("form", [PANES_FORMAT, ACTIVE_FORMAT])
def test_a_format_holds_nothing_that_strftime_would_expand(form):
    assert "%" not in form
