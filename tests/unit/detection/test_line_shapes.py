import pytest

from oma.detection import line_shapes as shapes
from tests.unit.detection.shapes_of import INDEX

HINTS = [
    "Enter to select · ↑/↓ to navigate · Esc to cancel",
    "Enter to select · Tab/Arrow keys to navigate · Esc to cancel",
    "  Press enter to confirm or esc to go back",
    "│ type to search · enter to confirm · esc to cancel",
    "  enter to submit | esc to cancel",
    "  Press t to trust; esc to go back",
    "│ ↑↓/jk navigate  Enter select  Esc reject        │",
    " ↑↓ navigate · Enter select · Esc exit",
    "  ┃  ↑↓ select  enter submit  esc dismiss",
    "↑/↓ select · enter accept · ctrl+d decline · esc cancel",
]

# shape: lines that have it, lines that have not
LINES = {
    shapes.CONFIRM: (
        [
            *HINTS,
            "  ↑/↓ select · 1/2/3/4 choose · ↵ confirm · ctrl+e preview",
            "  ┃   Allow once   Reject          ⇆ select  enter confirm",
            "↑/↓: Navigate | Enter: Select",
            "Press enter to continue",
        ],
        [
            "  Enter to steer · Ctrl+Q to queue · Auto mode (shift + tab to cycle)",
            "The footer of a question (n to add notes · Enter to select)",
            "I press enter to continue and so on",
            "  ⏵⏵ auto mode on (shift+tab to cycle) · esc to interrupt",
            "  ? for shortcuts",
        ],
    ),
    shapes.DISMISS: (
        [*HINTS, " Esc to cancel · Tab to amend"],
        ["(esc to cancel, 3s)", "It takes esc to cancel", "esc to interrupt"],
    ),
    shapes.TAKEN: (
        ["Gemini CLI is restarting to apply the trust changes...", " The server is now starting…"],
        [
            "Is it restarting...",
            "The agent is waiting for your answer…",
            "• It is restarting...",
            "It is starting now.",
        ],
    ),
    shapes.WORKING: (
        [
            "  esc to interrupt",
            " ⠙ Checking the parser (esc to cancel, 3s)",
            "  .. Musing... (9s · ↓ 49 tokens · esc to cancel)",
            "● Herding… (8m 39s · ↓ 834 tokens)",
            "  Herding… (8m 39s · ↓ 834 tokens)",
            "• Fixing it (1m 03s • esc to interrupt)",
            "⡖  Retrying… (5s Esc/Ctrl+C to interrupt)",
            "── ⠼ Working ─────────────",
            "✳ Wandering…",
        ],
        ["✻ Cogitated for 16s", "Esc to cancel", "● Nothing else failed.", "Worked for 16s"],
    ),
    shapes.RULE: (
        ["─" * 20, "─" * 30 + " accept edits ─", "── ⠼ Working ──────────", "▀" * 12],
        ["---", "text ──────────", "─ ─ ─", "| a | b |"],
    ),
    shapes.YES_NO: (
        ["Go on? [y/N] ", "Go on? (yes/no)", "Create it? (Y)es/(N)o/(D)on't ask again [Yes]: n"],
        ["the flag (y/n) is what it asks for", "(Y)es/(N)o [Yes]: is what it asks"],
    ),
    shapes.SECRET: (
        ["Enter your Anthropic API key:", "Password: ****"],
        ["The API key: it is wrong", "password reset"],
    ),
    shapes.TMUX: (['[main] 0:bash* 1:vim-   "box" 12:30'], ["[1] 2 files", "[INFO] 3: x"]),
    shapes.ASKS: (["? ❯ ", "⚠ ❯", "⚠️ ❯ "], ["❯ ?", "⚕ ❯ msg", "?"]),
    shapes.SLASH: (["❯ /model", "› /experimental now"], ["❯ /", "❯ a/b", "/model"]),
}


@pytest.mark.parametrize(
    ("shape", "line"), [(shape, line) for shape, (fine, _) in LINES.items() for line in fine]
)
def test_a_line_has_its_shape_whoever_drew_it(shape, line):
    assert INDEX.marks_of(line) & shape


@pytest.mark.parametrize(
    ("shape", "line"), [(shape, line) for shape, (_, other) in LINES.items() for line in other]
)
def test_other_lines_do_not_have_it(shape, line):
    assert not INDEX.marks_of(line) & shape


def test_the_constants_are_the_bits_of_the_shapes_that_an_index_joins_first():
    assert INDEX.mark(shapes.SHAPES[0]) == shapes.RULE
    assert INDEX.mark(shapes.SHAPES[-1]) == shapes.FAREWELL
