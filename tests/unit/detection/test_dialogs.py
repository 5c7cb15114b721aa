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


def test_a_command_in_a_box_of_its_own_is_what_it_is_about_though_a_note_stands_below_the_question():
    screen = """
✦ I will run it.
╭──────────────────────────────────────╮
│ ? Shell  make > log                  │
│ ╭──────────────────────────────────╮ │
│ │ make > log                       │ │
│ ╰──────────────────────────────────╯ │
│ Allow execution of [Shell]?          │
│ Redirection detected.                │
│                                      │
│ ● 1. Allow once                      │
│   2. No, suggest changes (esc)       │
╰──────────────────────────────────────╯
"""

    dialog = read_dialog(screen.split("\n"))

    assert dialog.question == "Allow execution of [Shell]?"
    assert dialog.subject == "make > log\nRedirection detected."


def test_a_note_above_a_yes_or_no_is_not_what_it_is_about():
    screen = "Preview\nmake test\n\n· Audio not available\n Execute shell? [Y/n/c/e/a/?] "

    assert read_dialog(screen.split("\n")).subject == "make test"


def test_what_was_typed_between_two_rules_above_a_yes_or_no_hides_none():
    rule = "─" * 60
    screen = f"{rule}\n> run it\n{rule}\nanswer\n\nnew.py\nCreate new file? (Y)es/(N)o [Yes]:"

    dialog = read_dialog(screen.split("\n"))

    assert (dialog.question, dialog.subject) == ("Create new file?", "new.py")


_PERMISSION = """
  ┃
  ┃  △ Permission required
  ┃    # Shell command
  ┃
  ┃  $ make > log
"""
BESIDE = {
    "hints in a line of their own": f"""{_PERMISSION}
  ┃   Allow once   Allow always   Reject
  ┃
  ┃  ctrl+f fullscreen  ⇆ select  enter confirm
  ┃""",
    "another column to its right": f"""{_PERMISSION}
  ┃{" " * 50}/srv/shop:main
  ┃   Allow once   Allow always   Reject          ctrl+f fullscreen  ⇆ select  enter confirm
  ┃{" " * 50}• OpenCode 1.18.33""",
}


@pytest.mark.parametrize("name", BESIDE)
def test_answers_that_stand_beside_each_other_are_told(name):
    dialog = read_dialog(BESIDE[name].split("\n"))

    assert dialog.question == "△ Permission required"
    assert dialog.subject == "# Shell command\n$ make > log"
    assert [each.label for each in dialog.options] == ["Allow once", "Allow always", "Reject"]


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


# screen, question, subject, options as (key, label)
OTHERS = {
    "without numbers": (
        " Trust this folder?\n\n  ❯ Trust\n    For ever.\n\n    Don't trust\n    Exit.", "Trust this folder?", "",
        [("", "Trust"), ("", "Don't trust")],
    ),
    "beside each other": (
        "  Rename it?\n\n  ❯ Accept    Decline\n\n  Esc to cancel", "Rename it?", "",
        [("", "Accept"), ("", "Decline")],
    ),
    "with keys in front": (
        "Approve tool call?\n\nrun_commands\n\n  $ rm -rf build\n\n  [y] Approve   [n] Deny",
        "Approve tool call?", "run_commands\n$ rm -rf build", [("y", "Approve"), ("n", "Deny")],
    ),
    "with keys at their ends": (
        " Allow this search?\n → Allow (y)\n   Run all (shift+tab)\n   Skip (esc or n)",
        "Allow this search?", "", [("y", "Allow"), ("", "Run all (shift+tab)"), ("", "Skip (esc or n)")],
    ),
    "in brackets": (
        "? Which first?\n\n  → [1] Parser\n        why\n    [2] Network", "? Which first?", "",
        [("1", "Parser"), ("2", "Network")],
    ),
    "in a line": (
        "new.py\nCreate it? (Y)es/(N)o/(D)on't ask again [Yes]: ",
        "Create it?", "new.py", [("", "Yes"), ("", "No"), ("", "Don't ask again")],
    ),
    "before their hints": (
        "  ┃  △ Permission required\n  ┃  $ make\n  ┃   Once   Reject        ⇆ select  enter confirm",
        "△ Permission required", "$ make", [("", "Once"), ("", "Reject")],
    ),
    "below a title and a command": (
        "╭──────────╮\n│ Dangerous  │\n│ rm -rf dist │\n│ ❯ 1. Once   │\n│   2. Deny    │",
        "Dangerous", "rm -rf dist", [("1", "Once"), ("2", "Deny")],
    ),
    "above more than the question": (
        "│ Which one?\n│ rm -rf build\n│ 1. Once\n│ 2. Deny", "Which one?", "rm -rf build",
        [("1", "Once"), ("2", "Deny")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_answers_are_read_in_whatever_form_they_are_offered(name):
    screen, question, subject, options = OTHERS[name]

    dialog = read_dialog(screen.split("\n"))

    assert (dialog.question, dialog.subject) == (question, subject)
    assert [(option.key, option.label) for option in dialog.options] == options


def test_a_question_that_does_not_say_what_it_is_about_is_about_the_message_above_it():
    screen = "● Done.\n\n● Bash({})\n\n Go on?\n ❯ 1. Yes\n   2. No"

    one, other = (read_dialog(screen.format(word).split("\n")) for word in ("ls", "rm -rf build"))

    assert (one.question, one.subject) == ("Go on?", "● Bash(ls)")
    assert one.fingerprint != other.fingerprint


def test_labels_that_were_wrapped_are_whole():
    dialog = read_dialog(("Go on?", "❯ 1. Yes, and for", "     ever", "  2. No"), columns=18)

    assert [option.label for option in dialog.options] == ["Yes, and for ever", "No"]


@given(st.lists(st.text()))
def test_digits_ascend_whatever_the_text(lines):
    found = [key for key in keys("\n".join(lines)) if key.isdigit()]

    assert found == [str(number) for number in range(1, len(found) + 1)]


def test_a_line_that_ends_in_yes_or_no_takes_text_and_a_list_of_options_does_not():
    line = read_dialog(["Remove 12 files? [y/N] "])
    assert (line.takes_text, [option.label for option in line.options]) == (True, ["y", "N"])
    assert not read_dialog(FRAMED.split("\n")).takes_text


def test_what_is_asked_about_is_no_option_though_it_stands_as_deep():
    dialog = read_dialog(
        ["Run it?", "", "  npm test", "", "› Yes", "  No", "  Never", "Enter: select"]
    )

    assert (dialog.question, dialog.subject) == ("Run it?", "npm test")
    assert [option.label for option in dialog.options] == ["Yes", "No", "Never"]


@pytest.mark.parametrize("first", ["❭ 1 Yes", "1 (●) Yes"])
def test_options_may_have_numbers_without_dots(first):
    second = "· 2 No" if first.startswith("❭") else "2 (○) No"
    dialog = read_dialog(["Trust it?", first, second])

    assert dialog.options == (DialogOption("1", "Yes", chosen=True), DialogOption("2", "No"))


def test_a_numbered_list_of_what_is_asked_about_offers_no_answers():
    dialog = read_dialog(
        ["Two actions:", "  1. make", "  2. make test", "", "Choose:", "> Yes", "  No", "  Never"]
    )

    assert [(option.key, option.label) for option in dialog.options] == [
        ("", "Yes"),
        ("", "No"),
        ("", "Never"),
    ]
