import pytest

from oma.detection.structure import Place, find_structure
from tests.unit.detection.shapes_of import lines_of

RULE = "─" * 20
TALK, ASKS, OPENED, SIGN, DRAFT, STATUS = (
    Place.CONVERSATION,
    Place.DIALOG,
    Place.PANEL,
    Place.COMPOSER,
    Place.DRAFT,
    Place.STATUS,
)

SCREENS = {
    "at rest": (f"● Hi\n{RULE}\n❯ a\n  b\n{RULE}\n  s", [TALK, TALK, SIGN, DRAFT, TALK, STATUS]),
    "asks": (f"● Hi\n{RULE}\nGo on?\n❯ 1. Yes\n  2. No", [TALK, TALK, ASKS, ASKS, ASKS]),
    "quotes a question": (f"Go on?\n❯ 1. Yes\n  2. No\n{RULE}\n❯\n{RULE}", [*[TALK] * 4, SIGN, TALK]),
    "asks above a composer whose sign says so": (
        f"Go on?\n  ❯ 1. Yes\n    2. No\n{RULE}\n? ❯ \n{RULE}", [*[ASKS] * 3, TALK, SIGN, TALK],
    ),
    "the user opened a menu": (
        f"❯ /model\n{RULE}\nWhich?\n  ❯ 1. A\n    2. B", [TALK, TALK, *[OPENED] * 3],
    ),
    "the user opened a view": ("● Hi\n  ctrl+o to toggle · ↑↓ scroll", [TALK, OPENED]),
    "nothing is known": ("text\nmore text", [TALK, TALK]),
}  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_each_line_has_its_place(name):
    screen, places = SCREENS[name]

    assert find_structure(lines_of(screen), 0).places == places


@pytest.mark.parametrize(
    ("screen", "has_composer", "has_draft"),
    [
        (f"{RULE}\n❯ a\n{RULE}", True, True),
        (f"{RULE}\n❯ \n{RULE}", True, False),
        ("╭──────────╮\n│ >   │\n╰──────────╯", True, False),
        ("text", False, False),
    ],
)
def test_a_draft_is_what_stands_behind_the_sign(screen, has_composer, has_draft):
    found = find_structure(lines_of(screen), 9)

    assert (found.has_composer, found.has_draft) == (has_composer, has_draft)


def test_a_prompt_on_the_last_line_is_told():
    assert find_structure(lines_of("text\n$ "), 1).is_prompt_line
    assert not find_structure(lines_of(f"{RULE}\n❯\n{RULE}"), 1).is_prompt_line
