import pytest

from oma.detection.dialog_shape import find_dialog
from tests.unit.detection.shapes_of import lines_of

RULE = "─" * 30

# screen, the line that tells it best
DIALOGS = {
    "a question above numbered choices": (f"{RULE}\nGo on?\n❯ 1. Yes\n  2. No", "Go on?"),
    "choices without numbers": (f"{RULE}\n  Go on?\n\n  ❯ Yes\n    No", "  Go on?"),
    "choices with hints and no question": (
        "❯ 1. Resume it\n  2. Start anew\n\n Enter to confirm · Esc to cancel", "❯ 1. Resume it",
    ),
    "hints above the choices": (
        " Trust it?\n ↑↓ navigate · Enter select · Esc exit\n  ❯ Trust\n    Don't", " Trust it?",
    ),
    "choices told by colours": ("│ Permission\n│ 1. Once\n│ 2. No\n│ Enter select  Esc reject", "│ 1. Once"),
    "answers beside each other": ("Rename it?\n\n  ❯ Accept    Decline\n\n  Esc to cancel", "Rename it?"),
    "answers with keys": ("Approve it?\n\n  [y] Approve   [n] Deny\n\n", "Approve it?"),
    "answers with keys at their ends": (
        " Allow it?\n → Allow (y)\n   Run all (shift+tab)\n   Skip (esc or n)", " Allow it?",
    ),
    "hints alone": ("Review it\n\n  Press t to trust; esc to go back", "  Press t to trust; esc to go back"),
    "yes or no on the last line": ("new.py\nCreate it? (Y)es/(N)o [Yes]: ", "Create it? (Y)es/(N)o [Yes]: "),
    "a secret on the last line": ("Enter your API key:", "Enter your API key:"),
    "a panel pinned below": (
        "Submit?\n\n❯ 1. Submit\n  2. Cancel\n\n\n  7 tasks (2 done)\n  ◼ One\n  ◻ Two", "Submit?",
    ),
    "a footer that was wrapped": (
        "Which?\n\n❯ 1. A\n     first\n  2. B\n\nEnter to\nselect ·\nEsc to\ncancel", "Which?",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DIALOGS)
def test_a_question_to_the_user_is_known_by_its_shape(name):
    screen, evidence = DIALOGS[name]
    lines = lines_of(screen, 12 if "wrapped" in name else 0)

    found = find_dialog(lines, 0, len(lines.rows))

    assert lines.texts[found.evidence] == evidence
    assert not found.was_opened


@pytest.mark.parametrize(
    "screen",
    [
        "Do you want to proceed?",
        "● Would you like\n\n  1. this\n  2. that?",
        "❯ 1. Yes\n  2. No\n\n● I went on.",
        "❯ do this\n  and that",
        "Press enter to confirm or esc to cancel\nis what it says, and it goes on.\nSo.",
        "Create it? (Y)es/(N)o [Yes]: \nand so on",
        "(n to add notes · Esc to cancel)",
        "  Showing detailed transcript · ctrl+o to toggle · ↑↓ scroll",
        "",
    ],
)
def test_prose_and_lists_are_no_question(screen):
    lines = lines_of(screen)

    assert find_dialog(lines, 0, len(lines.rows)) is None


@pytest.mark.parametrize("command", ["❯ /model", "› /experimental"])
def test_what_stands_below_the_users_own_command_was_opened_by_it(command):
    lines = lines_of(
        f"{command}\n{RULE}\n  Select\n  ❯ 1. A\n    2. B\n  Enter to set · Esc to exit"
    )

    found = find_dialog(lines, 0, len(lines.rows))

    assert found.was_opened


def test_a_question_after_a_command_of_the_user_and_a_message_is_one():
    lines = lines_of("❯ /fix\n\n● I have to ask.\n\nGo on?\n❯ 1. Yes\n  2. No")

    assert not find_dialog(lines, 0, len(lines.rows)).was_opened


def test_what_stands_below_the_end_is_not_looked_at():
    lines = lines_of("Go on?\n❯ 1. Yes\n  2. No\n● and on")

    assert find_dialog(lines, 0, 3) is not None


def test_a_yes_or_no_is_answered_once_the_cursor_has_left_the_answer():
    asked, typed = lines_of("Run it? [Y/n/e] "), lines_of("Run it? [Y/n/e] y")

    assert (
        find_dialog(asked, 0, 1, cursor_row=1) is not None
    )  # the answer is typed in the next row
    assert find_dialog(typed, 0, 1, cursor_row=0) is not None
    assert find_dialog(typed, 0, 1) is not None
    assert find_dialog(typed, 0, 1, cursor_row=1) is None
