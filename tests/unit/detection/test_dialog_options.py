import pytest

from oma.detection.choice_list import ChoiceList
from oma.detection.dialog_options import (
    bare_numbered,
    before_hints,
    beside_each_other,
    numbered,
    unnumbered,
    with_hotkeys,
    yes_or_no,
)
from oma.model.dialog import DialogOption
from tests.unit.detection.shapes_of import lines_of


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("❯ 1. Yes", DialogOption("1", "Yes", chosen=True)),
        ("  2) No, tell it", DialogOption("2", "No, tell it")),
        ("│ ● 3.  In a   frame │", DialogOption("3", "In a frame")),
        ("  → [4] In brackets", DialogOption("4", "In brackets", chosen=True)),
        ("  ┃  1 (●) Yes, always", DialogOption("1", "Yes, always", chosen=True)),
        ("  ┃  2 (○) Yes", DialogOption("2", "Yes")),
        ("10. tenth", None),
        ("1.5 seconds", None),
        ("text", None),
    ],
)
def test_a_numbered_option_is_read_with_its_key(line, option):
    assert numbered(line) == option


def test_deeper_lines_are_descriptions_of_options_without_numbers():
    lines = lines_of("  ● Yes\n     why\n  ○ No (n)")

    assert unnumbered(lines, ChoiceList(0, 2, 0)) == [
        DialogOption("", "Yes", chosen=True),
        DialogOption("n", "No"),
    ]


def test_options_beside_each_other_are_parted_by_blanks():
    assert beside_each_other("│  ❯ Accept all    Decline  │") == [
        DialogOption("", "Accept all", chosen=True),
        DialogOption("", "Decline"),
    ]


def test_hints_in_the_same_line_are_no_options():
    line = "┃  Once   Always        ctrl+f fullscreen  ⇆ select  enter confirm"

    assert [option.label for option in before_hints(line)] == ["Once", "Always"]


def test_a_hotkey_is_typed_where_it_is_one_character():
    assert with_hotkeys("  [y] Approve   [n] Deny   (esc) Later") == [
        DialogOption("y", "Approve"),
        DialogOption("n", "Deny"),
        DialogOption("", "Later"),
    ]


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("Go on? (Y)es/(N)o [Yes]: ", ["Yes", "No"]),
        ("Go on? [y/N]", ["y", "N"]),
        ("Go on? 't' trusts it (always). [y/n/t]:", ["y", "n", "t"]),
        ("Go on (yes/no/[name])? ", ["yes", "no", "name"]),
        ("Go on?", []),
    ],
)
def test_what_needs_enter_has_no_key(line, labels):
    assert yes_or_no(line) == [DialogOption("", label) for label in labels]


def test_numbers_without_dots_count_where_a_mark_stands_or_a_list_goes_on():
    assert bare_numbered("❭ 1 Yes", has_mark=True) == DialogOption("1", "Yes", chosen=True)
    assert bare_numbered("· 2 No", has_mark=True) == DialogOption("2", "No")
    assert bare_numbered("  2 No", has_mark=False) == DialogOption("2", "No")
    assert bare_numbered("  2 files changed", has_mark=True) is None
    assert bare_numbered("❯ Yes", has_mark=True) is None


def test_a_hotkey_may_stand_before_its_answer_without_brackets():
    assert with_hotkeys(" y allow  s allow session · n deny") == [
        DialogOption("y", "allow"),
        DialogOption("s", "allow session"),
        DialogOption("n", "deny"),
    ]


def test_a_hotkey_behind_its_answer_is_that_answers():
    assert with_hotkeys("│  Allow (a)  Allow for session (s)  Deny (d) │") == [
        DialogOption("a", "Allow"),
        DialogOption("s", "Allow for session"),
        DialogOption("d", "Deny"),
    ]


@pytest.mark.parametrize(
    ("line", "options"),
    [
        (
            "  [a]pprove  [d]eny  [p]olicy (for good)",
            [("a", "approve"), ("d", "deny"), ("p", "policy")],
        ),
        (
            "Do you want to (a)ccept, (e)dit, or (c)ancel?",
            [("a", "accept"), ("e", "edit"), ("c", "cancel")],
        ),
        ("Approval (shell): rm  [y] approve  [n] deny", [("y", "approve"), ("n", "deny")]),
        ("│ [A]pprove   [D]eny   (Esc = deny) │", [("A", "Approve"), ("D", "Deny")]),
        ("│   <Yes>      <No>   │", [("", "Yes"), ("", "No")]),
        ("|   [ Allow ]    [ Deny ]   |", [("", "Allow"), ("", "Deny")]),
    ],
)
def test_a_key_in_brackets_is_that_of_the_answer_it_stands_in_or_before(line, options):
    assert [(each.key, each.label) for each in with_hotkeys(line)] == options
