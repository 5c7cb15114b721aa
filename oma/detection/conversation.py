"""How a kind of agent names its conversations, and how it is told to go on with one. Pure.

An id is taken from what the program itself says or keeps: the command that it names as it leaves, or a file that
it has open. What an agent prints is hostile: an id is letters, digits, `_` and `-`, and begins with none of the
last two, so that it is no option of any command.

>>> told_conversation(["To continue, run codex resume 0198-ab", "$ "], ("codex resume ",))
'0198-ab'
"""

import string
from collections.abc import Iterable, Sequence

import attrs

from oma.detection.asked_prompts import PromptSigns

LONGEST = 128
"""Characters of an id."""

SHORTEST = 6

_CHARACTERS = frozenset(string.ascii_letters + string.digits + "_-")
_UUID_LENGTHS = (8, 4, 4, 4, 12)

PROMPTS_FILES = {
    "codex": PromptSigns("› "),
    "gemini": PromptSigns(" > ", answer="✦ "),
}
"""Forms of files of prompts, and how such a program shows them."""

PLACE = "{conversation}"
"""Stands for the id in a command."""


@attrs.frozen
class Conversations:
    """What one kind of agent does with conversations; empty texts are what it cannot do."""

    resume: str = ""
    """The command that goes on with a conversation; `PLACE` in it is the id."""
    fork: str = ""
    """The command that goes on with a copy of one."""
    farewell: tuple[str, ...] = ()
    """What stands right before the id in what it says as it leaves."""
    open_file: str = ""
    """A part of the path of a file that it has open while it runs; the id is in the name of that."""
    prompts_file: str = ""
    """In whose form it keeps what it was asked, with the conversation of each: one of `PROMPTS_FILES`."""


def is_conversation(text: str) -> bool:
    """Say whether a text may be an id."""
    is_of_length = SHORTEST <= len(text) <= LONGEST
    return is_of_length and text[0] not in "-_" and set(text) <= _CHARACTERS


def told_conversation(lines: Sequence[str], farewell: Iterable[str]) -> str:
    """Return the id that was named last on a screen; empty where none was."""
    words = tuple(farewell)
    for line in reversed(lines):
        for before in words:
            _, found, rest = line.rpartition(before)
            text = _beginning(rest)
            if found and is_conversation(text):
                return text
    return ""


def conversation_in(path: str, part: str) -> str:
    """Return the UUID that the name of a file ends in, where its path has a part; else an empty text."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    uuid = "-".join(stem.split("-")[-len(_UUID_LENGTHS) :])
    lengths = tuple(len(field) for field in uuid.split("-"))
    digits = set(uuid) <= frozenset(string.hexdigits + "-")
    return uuid if part in f"{folder}/" and digits and lengths == _UUID_LENGTHS else ""


def command_line(template: str, conversation: str) -> str:
    """Return a command of a profile for one conversation."""
    return template.replace(PLACE, conversation)


def is_made_of(line: str, template: str) -> bool:
    """Say whether a line is a command of a profile for some conversation."""
    before, place, after = template.partition(PLACE)
    if not place or not line.startswith(before) or not line.endswith(after):
        return False
    return is_conversation(line[len(before) : len(line) - len(after)])


def _beginning(text: str) -> str:
    end = next((at for at, sign in enumerate(text) if sign not in _CHARACTERS), len(text))
    return text[:end]
