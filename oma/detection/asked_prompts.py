"""Which conversation an agent holds, told by the prompts that its screen shows and that its program keeps. Pure.

For programs of which one process holds the conversations of all panes, so that no file of a pane's own tells. Two
conversations that were asked the same are told apart by what else was asked; where nothing does, none is told.

>>> asked_conversation(["› fix it", "• Done.", "› "], [AskedPrompt("0198-ab", "fix it")], "› ")
'0198-ab'
"""

from collections.abc import Iterable, Sequence

import attrs

LONG = 20
"""Signs of a row that may be the beginning of a prompt that takes several."""


@attrs.frozen
class AskedPrompt:
    """A prompt as a program keeps it."""

    conversation: str
    text: str


def asked_conversation(lines: Sequence[str], prompts: Iterable[AskedPrompt], sign: str) -> str:
    """Return the one conversation in which everything was asked that a screen shows; empty where that is not sure.

    Args:
        lines: Of the screen.
        prompts: Of all conversations, since the agent began.
        sign: Before a prompt on the screen. The last one is that of the composer, or of a dialog.
    """
    shown = [line.removeprefix(sign).strip() for line in lines if line.startswith(sign)]
    kept = [
        (each.conversation, " ".join(each.text.strip().partition("\n")[0].split()))
        for each in prompts
    ]
    left: set[str] = set()
    for row in reversed(shown[:-1]):
        words = " ".join(row.split())
        asked = {conversation for conversation, text in kept if words and _shows(words, text)}
        left = left & asked or left or asked
        if len(left) == 1:
            return left.pop()
    return ""


def _shows(words: str, text: str) -> bool:
    return text == words or (len(words) >= LONG and text.startswith(words))
