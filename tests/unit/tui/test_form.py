"""The form for a new agent: what keys do to it, and how it looks."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.intents import NewAgent, Refusal
from oma.tui.cells import Size, line_cells
from oma.tui.editor import Editor
from oma.tui.form import FIELDS, CompleteDirectory, Form, form_lines
from tests.support.strategies import texts
from tests.unit.tui.fleets import text_of

FORM = Form(
    name=Editor("1", 1),
    command=Editor("c", 1),
    directory=Editor("/srv", 4),
    profiles=("aider", "claude", "codex"),
)


def after(*keys, form=FORM):
    """Return the form after these keys, and everything that it asked for."""
    asked = []
    for key in keys:
        form, wanted = form.typed(key)
        asked += [] if wanted is None else [wanted]
    return form, asked


def shown(form, columns=60, rows=12):
    return "\n".join(text_of(line) for line in form_lines(form, Size(columns, rows))[0])


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        (["Down"], "command"), (["Tab"], "command"), (["Down"] * 2, "directory"),
        (["Down"] * 3, "name"), (["Up"], "directory"), (["BackTab", "Up"], "command"),
    ],
)  # fmt: skip
def test_the_fields_are_gone_through_in_a_round(keys, field):
    form, asked = after(*keys)

    assert (form.field, asked) == (field, [])


def test_what_is_typed_goes_to_the_field_that_is_edited():
    form, _ = after("2", "Down", "Backspace", "x", "Down", "/")

    assert (form.name.text, form.command.text, form.directory.text) == ("12", "x", "/srv/")


def test_enter_asks_for_the_agent_and_keeps_the_form_until_that_is_looked_into():
    form, asked = after("Enter")

    assert asked == [NewAgent("1", "c", "/srv")]
    assert form == attrs.evolve(FORM, checking=True)
    assert "looking" in shown(form)


def test_a_refusal_is_said_at_its_field_until_the_next_key():
    form, _ = after("Enter")
    form = form.refused(Refusal("directory", "no such directory"))

    assert (form.field, form.checking) == ("directory", False)
    lines = shown(form).split("\n")
    at = next(n for n, line in enumerate(lines) if "▸ directory" in line)
    assert lines[at + 1].strip() == "no such directory"
    assert "no such" not in shown(after("x", form=form)[0])


def test_a_key_while_the_form_is_looked_into_takes_the_agent_back():
    assert not after("Enter", "x")[0].checking


def test_a_command_is_completed_from_the_profiles():
    form, asked = after("Down", "Tab")
    assert (form.offered, form.command.text, asked) == (("claude", "codex"), "c", [])
    assert "codex" in shown(form)

    form, _ = after("l", "Tab", form=form)
    assert (form.command, form.offered) == (Editor("claude", 6), ())


def test_a_directory_is_completed_as_far_as_it_is_certain():
    form, asked = after("Up", "Tab")
    assert asked == [CompleteDirectory("/srv")]

    several = form.completed("/srv", ("/srv-old/", "/srv-olive/"))
    assert several.directory == Editor("/srv-ol", 7)
    assert several.offered == ("/srv-old/", "/srv-olive/")
    assert form.completed("/srv", ("/srv/",)).directory == Editor("/srv/", 5)
    assert form.completed("/srv", ()).directory.text == "/srv"


def test_directories_that_come_too_late_change_nothing():
    form, _ = after("Up", "Tab", "x")
    moved, _ = after("Up", "Tab", "Up")

    assert form.completed("/srv", ("/srv/",)) == form
    assert moved.completed("/srv", ("/srv/",)) == moved


def test_a_directory_that_cannot_be_shown_is_not_offered():
    form, _ = after("Up")

    assert form.completed("/srv", ("/srv\u202e/", "/srv/")).directory.text == "/srv/"


def test_the_cursor_is_where_the_next_character_goes():
    _, (row, column) = form_lines(FORM, Size(60, 12))
    assert (row, column) == (2, 13)

    form, _ = after("Up", "Home", "Right")
    lines, (row, column) = form_lines(form, Size(60, 12))
    assert text_of(lines[row])[column:] == "srv"


def test_more_directories_than_fit_are_counted():
    form, _ = after("Up")
    form = form.completed("/srv", tuple(f"/srv/{n}/" for n in range(30)))

    assert "and 22 more" in shown(form, rows=30)


@given(
    st.lists(texts(), min_size=3, max_size=3),
    st.sampled_from(FIELDS),
    st.lists(texts(), max_size=12),
    st.none() | st.builds(Refusal, st.sampled_from(FIELDS), texts()),
    st.integers(1, 90),
    st.integers(1, 20),
)
@settings(max_examples=60)
def test_no_form_leaves_its_room(typed, field, offered, refusal, columns, rows):
    editors = []
    for text in typed:
        editor = Editor()
        for character in text:
            editor = editor.typed(character)
        editors.append(editor)
    form = Form(*editors, field=field, offered=tuple(offered), refusal=refusal)
    lines, (row, column) = form_lines(form, Size(columns, rows))

    assert len(lines) <= rows
    assert all(line_cells(line) <= columns for line in lines)
    assert 0 <= row < rows
    assert 0 <= column < columns
