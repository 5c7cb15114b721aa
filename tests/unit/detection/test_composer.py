import pytest

from oma.detection.composer import find_composer
from tests.unit.detection.shapes_of import lines_of

RULE = "─" * 20

# screen, row of the cursor, texts of its lines, texts of the status lines
SCREENS = {
    "between rules": (f"● Hi\n{RULE}\n❯ \n{RULE}\n  status", 0, ["❯ "], ["  status"]),
    "with a long draft": (f"{RULE}\n❯ a\n  - b\n  c\n{RULE}", 0, ["❯ a", "  - b", "  c"], []),
    "with a status of many lines": (
        f"{RULE}\n❯ \n{RULE}\n" + "\n".join(f"  line {n}" for n in range(9)),
        0, ["❯ "], [f"  line {n}" for n in range(9)],
    ),
    "in a box": ("╭──────────╮\n│ > do │\n╰──────────╯\nmodel", 0, ["│ > do │"], ["model"]),
    "in half a box": ("  ┃\n  ┃  Ask\n  ╹▀▀▀▀▀▀▀▀", 0, ["  ┃  Ask"], []),
    "without a sign, where the cursor is": (f"{RULE}\n\n{RULE}\n~/proj", 1, [], ["~/proj"]),
    "bare": ("• Done.\n\n› Ask me\n\n  model · ~/proj", 0, ["› Ask me"], ["  model · ~/proj"]),
    "bare, with a draft": ("• Done.\n\n› one\n  two\n\n  model", 0, ["› one", "  two"], ["  model"]),
    "on the last line": ("Done.\narchitect> ", 1, ["architect> "], []),
    "a shell's": ("Done.\nuser@box:~$ ", 1, ["user@box:~$ "], []),
    "a draft that looks like a list": (f"{RULE}\n❯ do\n  these\n{RULE}", 0, ["❯ do", "  these"], []),
    "below it a line with a bullet": (f"{RULE}\n❯\n{RULE}\n ◎ Working", 0, ["❯"], [" ◎ Working"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_a_composer_is_found_where_it_stands(name):
    screen, cursor_row, draft, status = SCREENS[name]
    lines = lines_of(screen)

    found = find_composer(lines, 0, cursor_row)

    assert [lines.texts[i] for i in found.lines] == draft
    assert lines.texts[found.end :] == status


@pytest.mark.parametrize(
    "screen",
    [
        "Go on?\n❯ 1. Yes\n  2. No\n\nEnter to select · Esc to cancel",
        f"{RULE}\n Go on?\n ❯ 1. Yes\n   2. No\n{RULE}\n   3. Chat",
        f"{RULE}\n❯ 1. One\n  2. Two\n{RULE}\n  3. Three",
        "› do it\n\n• I do it.\n\n• Running make",
        "› typed\n" + "\n".join(f"  panel {n}\n" for n in range(9)),
        "╭──────────╮\n│ result │\n╰──────────╯",
        "text\nCreate it? (Y)es/(N)o [Yes]: ",
        "",
    ],
)
def test_what_takes_its_place_is_none(screen):
    lines = lines_of(screen)

    assert find_composer(lines, 0, max(lines.rows, default=0)) is None
