import pytest
from hypothesis import given
from hypothesis import strategies as st

from oma.detection.dialogs import SUBJECT_LINES, read_dialog
from oma.model.dialog import DialogOption

FRAMED = """
● Bash(rm -rf build)
────────────────────────────────────────
 Bash command

   rm -rf build

 Do you want to proceed?
 ❯ 1. Yes
   2. Yes, and don't ask again
   3) No, tell it what to do

 Esc to cancel · Tab to amend
"""
BOXED = """
╭──────────────────────────────────────╮
│ Edit file                            │
│ main.py                              │
│                                      │
│ Apply this change?                   │
│ ├──────────────────────────────────┤ │
│ ● 1. Yes, allow once                 │
│   2. No (esc)                        │
╰──────────────────────────────────────╯
"""


def keys(text):
    dialog = read_dialog(text.split("\n"))
    return () if dialog is None else tuple(option.key for option in dialog.options)


def test_a_dialog_has_a_question_what_it_is_about_and_options():
    dialog = read_dialog(FRAMED.split("\n"))

    assert dialog.question == "Do you want to proceed?"
    assert dialog.subject == "Bash command\nrm -rf build"
    assert dialog.options == (
        DialogOption("1", "Yes", chosen=True),
        DialogOption("2", "Yes, and don't ask again"),
        DialogOption("3", "No, tell it what to do"),
    )


def test_a_border_is_no_part_of_a_dialog():
    dialog = read_dialog(BOXED.split("\n"))

    assert (dialog.question, dialog.subject) == ("Apply this change?", "Edit file\nmain.py")
    assert [option.label for option in dialog.options] == ["Yes, allow once", "No (esc)"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. first\n2. then\n› 1. Yes\n2. No\n4. what", ("1", "2")),
        ("2. second\n10. tenth\n1.\n1.5 seconds\na 1. b\n².", ()),
        ("", ()),
    ],
)
def test_the_lowest_list_counts_and_only_as_far_as_it_counts_on(text, found):
    assert keys(text) == found


def test_what_is_asked_about_may_stand_in_a_box_of_its_own():
    dialog = read_dialog(["╭─────╮", "│ rm -rf build │", "╰─────╯", "", "Allow?", "1. Yes"])

    assert (dialog.question, dialog.subject) == ("Allow?", "rm -rf build")


def test_options_without_a_question_are_a_dialog_all_the_same():
    dialog = read_dialog(["1. Yes", "2. No"])

    assert (dialog.question, dialog.subject) == ("", "")


def test_a_command_that_begins_with_dashes_is_part_of_what_it_is_about():
    dialog = read_dialog(["-----", "git push \\", "--force", "Run it?", "1. Yes"])

    assert dialog.subject == "git push \\\n--force"


def test_what_stands_far_above_is_no_part_of_a_dialog():
    dialog = read_dialog([*(f"line {n}" for n in range(50)), "Sure?", "1. Yes"])

    assert len(dialog.subject.split("\n")) == SUBJECT_LINES


@given(st.lists(st.text()))
def test_any_text_gives_ascending_digits(lines):
    found = keys("\n".join(lines))

    assert list(found) == [str(number) for number in range(1, len(found) + 1)]
