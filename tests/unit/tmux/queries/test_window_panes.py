import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.errors import ProtocolError
from oma.tmux.pane_mark import Mark, PaneRole
from oma.tmux.queries.window_panes import LIST_WINDOW_PANES, WindowPane, parse_window_panes

WHOLE = [
    *("$0", "@0", "abcd,200x50,0,0,0", "200x50", "0", "off", "", ""),
    *("%0", "1", "0", "/dev/pts/1", "", "sh"),
]


def row(*fields):
    return "\t".join([*WHOLE[: len(WHOLE) - len(fields)], *fields])


def test_a_pane_is_told_with_the_window_that_it_is_in():
    assert parse_window_panes([row(), ""]) == (
        WindowPane(
            session="$0",
            window="@0",
            layout="abcd,200x50,0,0,0",
            size="200x50",
            zoomed=False,
            border_status="off",
            pane="%0",
            active=True,
            dead=False,
            mark=None,
            terminal="/dev/pts/1",
            program="sh",
        ),
    )


def test_a_pane_of_ours_is_known_by_the_words_of_its_program():
    (found,) = parse_window_panes(
        [row(f"/bin/sh view.sh {Mark('%3', role=PaneRole.RIGHT).word()}")]
    )

    assert found.is_made_around("%3", PaneRole.RIGHT)
    assert not found.is_made_around("%3", PaneRole.TILE)
    assert not found.is_made_around("%4", PaneRole.RIGHT)
    assert not parse_window_panes([row()])[0].is_made_around("%3", PaneRole.RIGHT)


@pytest.mark.parametrize(
    ("bars", "style", "columns"),
    [
        ("", "", 0),
        ("off", "bg=black,fg=white,width=1,pad=0", 0),
        ("modal", "bg=black,fg=white,width=3,pad=2", 0),
        ("on", "bg=black,fg=white,width=1,pad=0", 1),
        ("on", "width=3 pad=2", 5),
        ("on", "bg=red", 1),
        ("on", "width=#{x}", 1),
    ],
)
def test_a_scrollbar_that_is_always_there_takes_columns(bars, style, columns):
    (found,) = parse_window_panes([row(bars, style, "%0", "1", "0", "/dev/pts/1", "", "sh")])

    assert found.bar_columns == columns


def test_a_view_that_has_ended_says_so():
    (found,) = parse_window_panes([row("1", "oma pane-view")])

    assert found.ended
    assert not parse_window_panes([row()])[0].ended


def test_a_line_of_other_fields_is_refused():
    with pytest.raises(ProtocolError, match="14 fields expected, not 2"):
        parse_window_panes(["$0\t@0"])


@given(st.text(max_size=60))
def test_no_program_breaks_the_reader(program):
    program = program.replace("\t", " ").replace("\n", " ")
    assert len(parse_window_panes([row(program)])) == 1


def test_the_question_is_about_every_pane_of_the_server():
    assert LIST_WINDOW_PANES.words()[:2] == ("list-panes", "-a")
