"""The answers that a dialog offers, read from its lines: labels, and the keys that choose them."""

from oma.detection.choice_list import ChoiceList, indent, inside
from oma.detection.logical_lines import FRAME, LogicalLines
from oma.model.dialog import DialogOption

_BORDER = FRAME + " \t"
_CHOSEN = "❯❭❱⟩>›»▸→▶►➤➜★"
_BULLETS = "*●○◉◆◯"
"""What may stand before an option: the dialog's border, the mark of the chosen one, a bullet."""

_MARKED = frozenset(_CHOSEN + "·")
_MARKS = frozenset(_CHOSEN + "●◉◆")
_KEYS = (
    *("alt+", "ctrl+", "enter", "esc", "return", "shift+", "space", "tab"),
    *("↑", "←", "⇆", "↵", "⏎"),
)
_NAMED = frozenset({"yes", "no", "enter", "esc", "space", "tab"})
_BRACKETS = str.maketrans("", "", "()[]:?")
_LONGEST_KEY = 1


def numbered(line: str) -> DialogOption | None:
    """Return the option of a line such as `❯ 2. Yes, always` or `→ [2] Always`; `None` of others."""
    bare = line.strip(_BORDER)
    text = bare.lstrip(_BORDER + _CHOSEN + _BULLETS)
    if text[:1] == "[" and text[2:3] == "]":
        text = f"{text[1:2]}.{text[3:]}"
    if text[1:3] == " (" and text[3:5] in {"●)", "○)"} and text[5:].strip():
        return DialogOption(text[0], " ".join(text[5:].split()), text[3] == "●")
    if not (text[:1].isascii() and text[:1].isdigit() and text[1:2] in {".", ")"}):
        return None
    if not (text[2:3].isspace() and text[2:].strip()):
        return None
    return DialogOption(text[0], " ".join(text[2:].split()), bare[:1] in set(_CHOSEN))


def bare_numbered(line: str, *, has_mark: bool) -> DialogOption | None:
    """Return the option of a line such as `❯ 1 Yes`, or of `  2 No` below one; `None` of others.

    Args:
        line: The line.
        has_mark: Only a line with the mark of the chosen one counts, or with a dot in its place.
    """
    bare = line.strip(_BORDER)
    text = bare.lstrip(_CHOSEN + "· ")
    is_marked = bare[:1] in _MARKED
    if has_mark and not is_marked:
        return None
    if not (text[:1].isascii() and text[:1].isdigit() and text[1:2] == " " and text[2:].strip()):
        return None
    return DialogOption(text[0], " ".join(text[2:].split()), bare[:1] in set(_CHOSEN))


def unnumbered(lines: LogicalLines, choices: ChoiceList) -> list[DialogOption]:
    """Return the options of a list without numbers.

    Deeper lines are descriptions; where blank rows part the options, so is what follows one at once.
    """
    text = inside(lines.texts[choices.chosen])
    mark = len(text) - len(text.lstrip())
    label = len(text) - len(text[mark + 1 :].lstrip())
    places = [
        place
        for place in range(choices.first, choices.last + 1)
        if indent(lines.texts[place]) in {mark, label}
    ]
    gaps = [lines.rows[place] - lines.last_rows[place - 1] for place in places[1:]]
    are_parted = any(gap > 1 for gap in gaps)
    options = []
    for place, gap in zip(places, [2, *gaps], strict=True):
        if gap > 1 or not are_parted:
            bare = inside(lines.texts[place])
            options.append(_keyed(bare[label:].strip(), chosen=bare[mark : mark + 1] in _MARKS))
    return options


def beside_each_other(line: str) -> list[DialogOption]:
    """Return the options of a line such as `❯ Accept    Decline`."""
    words = [word.strip() for word in inside(line).strip().split("  ") if word.strip()]
    return [_keyed(word.lstrip(_CHOSEN + " "), chosen=word[:1] in set(_CHOSEN)) for word in words]


def before_hints(line: str) -> list[DialogOption]:
    """Return the options that stand before the key hints in their line, parted by blanks."""
    options: list[DialogOption] = []
    for part in inside(line).strip().split("  "):
        text = part.strip()
        if text.lower().startswith(_KEYS):
            break
        if text:
            options.append(DialogOption("", text))
    return options


def with_hotkeys(line: str) -> list[DialogOption]:
    """Return the options of `[y] Approve   [n] Deny`, of `y allow · n deny`, or of `Allow (y)  Deny (n)`."""
    bare = line.replace("(", "[").replace(")", "]")
    parts = (bare if "[" in bare else bare.replace("<", "[").replace(">", "]")).split("[")
    if len(parts) == 1:
        return _with_letters(line)
    keys = [part.partition("]")[0].strip() for part in parts[1:]]
    behind = [part.partition("]")[2] for part in parts[1:]]
    if not any(map(_typed, keys)):  # buttons
        return [DialogOption("", key) for key in keys if key]
    if parts[0].strip(_BORDER) and all(map(_typed, keys)) and not behind[-1].strip(_BORDER):
        labels = [parts[0], *behind]  # each key stands behind its answer
        return [
            DialogOption(_typed(key), label.strip(_BORDER))
            for key, label in zip(keys, labels, strict=False)
        ]
    return [
        DialogOption(_typed(key), _label(key, rest))
        for key, rest in zip(keys, behind, strict=True)
        if _typed(key) or key.lower() in _NAMED
    ]


def _label(key: str, rest: str) -> str:
    """Return what a key answers; it may be the first letter of it: `[a]pprove`."""
    label = key + rest if rest[:1].isalpha() else rest
    return label.strip(_BORDER).removesuffix(" or").strip(_BORDER + "/,·•?:").removesuffix(" or")


def _with_letters(line: str) -> list[DialogOption]:
    bare = inside(line)
    for sign in "·•|":
        bare = bare.replace(sign, "  ")
    pairs = [part.strip().replace(":", " ", 1).partition(" ") for part in bare.split("  ")]
    return [DialogOption(_typed(key), label.strip()) for key, _, label in pairs if label.strip()]


def yes_or_no(line: str) -> list[DialogOption]:
    """Return the answers of a line such as `Go on? (Y)es/(N)o [Yes]:` or `Go on? [y/N]`.

    They have no keys: what is typed there needs Enter after it.
    """
    options = []
    text = line[answers_at(line) :]
    for word in text.split("/" if "/" in text else ","):
        label = word.strip().partition(" [")[0].translate(_BRACKETS).strip()
        if label:
            options.append(DialogOption("", label))
    return options


def answers_at(line: str) -> int:
    """Return where the answers of such a line begin: at the last bracket with a slash in it, else at the first."""
    places = [place for place, sign in enumerate(line) if sign in "(["]
    for place in reversed(places):
        within = line[place + 1 :].partition(")" if line[place] == "(" else "]")[0]
        if "/" in within or within.count(",") > 1:
            return place
    return places[0] if places else len(line)


def _keyed(text: str, *, chosen: bool) -> DialogOption:
    """Return an option whose label may end in the key that chooses it: `Allow (y)`."""
    label, bracket, key = text.rpartition(" (")
    if bracket and key.endswith(")") and _typed(key[:-1]):
        return DialogOption(_typed(key[:-1]), label.strip(), chosen)
    return DialogOption("", text, chosen)


def _typed(key: str) -> str:
    """Return what is typed for a key; empty where that is no character."""
    return key if len(key) == _LONGEST_KEY and key.isascii() and key.isalnum() else ""
