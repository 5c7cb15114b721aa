"""A pane is read: moved in, searched, marked, copied, and never written to."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.screen.styled import StyledText, TextStyle
from oma.tui.editor import Editor
from oma.tui.inputs import Key, Paste, Wheel
from oma.tui.pane_reading import CopyText, ReadPane, looked_for, pane_read, read_pane, row_by
from oma.tui.pane_text import ReadingPane
from oma.tui.update import step
from oma.tui.view_model import Browsing, View, settled
from tests.unit.tui.fleets import agent, update_context

ONE = agent(1, "one")
CONTEXT = update_context(ONE, agent(2, "two"), rows=13)
SEEN = 10


def rows(*texts):
    return tuple((StyledText(text, TextStyle(foreground=2)),) if text else () for text in texts)


LINES = [f"line {n}" for n in range(30)]
VIEW = settled(View(chosen=True), CONTEXT)
OPENED, ASKED = step(VIEW, Key("p"), CONTEXT)
READ = pane_read(OPENED, ONE.id, rows(*LINES, "", ""), CONTEXT)


def after(*given, view=READ):
    asked = []
    for each in given:
        view, more = step(view, Key(each) if isinstance(each, str) else each, CONTEXT)
        asked += more
    return view, asked


def test_a_pane_is_asked_for_and_shown_from_its_end():
    assert (OPENED.mode, ASKED) == (ReadingPane(ONE), (ReadPane("$1"),))
    assert (READ.mode.at, READ.mode.first, len(READ.mode.rows)) == (29, 20, 30)


def test_what_comes_when_it_is_not_wanted_any_more_changes_nothing():
    for view in (VIEW, READ, attrs.evolve(OPENED, mode=ReadingPane(agent(2)))):
        assert pane_read(view, ONE.id, rows("x"), CONTEXT) is view


@pytest.mark.parametrize(
    ("keys", "at", "first"),
    [
        (["k"], 28, 20),
        (["k"] * 10, 19, 19),
        (["g"], 0, 0),
        (["g", "G"], 29, 20),
        (["PageUp"], 20, 20),
        (["PageUp", "PageUp"], 11, 11),
        (["g", "PageDown", "j"], 10, 1),
        ([Wheel(-1)], 26, 20),
        (["G", "j"], 29, 20),
    ],
)
def test_it_scrolls_and_its_ends_stop_that(keys, at, first):
    view, asked = after(*keys)

    assert (view.mode.at, view.mode.first, asked) == (at, first, [])


def test_a_search_goes_up_from_where_one_is_and_round_the_end():
    assert after("/", *"LINE 1")[0].mode.at == 19
    assert after("/", *"line 1", "Enter", "n", "n")[0].mode.at == 17
    assert after("/", *"line 1", "Enter", "n", "N", "N")[0].mode.at == 19
    assert after("g", "/", *"line 25")[0].mode.at == 25
    assert after("/", *"zzz")[0].mode.at == 29
    assert after("/", Paste("line 3\n"))[0].mode.at == 3
    assert after("/", *"line", "Escape")[0].mode.text == ""
    assert looked_for(READ.mode, Editor(), CONTEXT).at == 29


def test_the_row_one_is_at_is_copied_or_those_that_are_marked_or_all():
    assert after("y")[1] == [CopyText("line 29")]
    assert after("v", "k", "k", "y")[1] == [CopyText("line 27\nline 28\nline 29")]
    assert after("g", "v", "j", "y")[1] == [CopyText("line 0\nline 1")]
    assert after("Y")[1] == [CopyText("\n".join(LINES))]
    assert after("v", "k", "y")[0].mode.begun is None


def test_what_is_copied_has_no_control_characters_and_no_blanks_at_ends():
    hostile = rows("a\x1b]0;x\x07\u202eb  ", "c\u200b")
    view = pane_read(OPENED, ONE.id, hostile, CONTEXT)
    (copied,) = after("Y", view=view)[1]

    assert all(part.isprintable() for part in copied.text.split("\n"))
    assert "\u202e" not in copied.text
    assert not any(line.endswith(" ") for line in copied.text.split("\n"))


def test_where_there_is_nothing_that_is_said():
    empty = pane_read(OPENED, ONE.id, rows("", ""), CONTEXT)
    view, asked = after("k", "y", view=empty)

    assert (view.notice, asked) == ("there is nothing to copy", [])


def test_it_is_closed_and_no_key_acts_on_the_agent():
    assert after("q")[0].mode == after("p")[0].mode == after("Escape")[0].mode == Browsing()
    assert after("v", "Escape")[0].mode == READ.mode
    view, asked = after("x", "K", "m", "1", "R", "o", "s")
    assert (view.mode, asked) == (READ.mode, [])


@given(st.lists(st.sampled_from([*"jkgGnNv/y ", "Enter", "PageUp", "PageDown"]), max_size=20))
def test_one_is_always_at_a_row_that_is_seen(keys):
    mode = after(*keys)[0].mode

    assert 0 <= mode.first <= mode.at < mode.first + SEEN
    assert mode.at < 30


def test_a_row_is_moved_by():
    assert row_by(READ.mode, -100, CONTEXT).at == 0
    assert read_pane(READ, READ.mode, "k", CONTEXT)[0].mode.at == 28
