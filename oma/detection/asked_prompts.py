"""Which conversation an agent holds, told by the prompts that its screen shows and that its program keeps. Pure.

For programs of which one process holds the conversations of all panes, so that no file of a pane's own tells. Two
conversations that were asked the same are told apart by what else was asked; where nothing does, none is told.

>>> asked_conversation(["› fix it", "• Done.", "› "], [AskedPrompt("0198-ab", "fix it")], PromptSigns("› "))
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
    is_earlier: bool = False
    """It was asked before the agent began: another one that was asked the same is not told by it, nor is this one."""


@attrs.frozen
class PromptSigns:
    """How a program shows what it was asked."""

    prompt: str
    """At the beginning of a prompt, and of the composer."""
    answer: str = ""
    """At the beginning of an answer, of a program that may keep a prompt late, but before it is answered."""


def asked_conversation(
    lines: Sequence[str], prompts: Iterable[AskedPrompt], signs: PromptSigns
) -> str:
    """Return the one conversation in which everything was asked that a screen shows; empty where that is not sure.

    Args:
        lines: Of the screen.
        prompts: Of all conversations that were used since the agent began.
        signs: Of its program.
    """
    kept = [(each, " ".join(each.text.strip().partition("\n")[0].split())) for each in prompts]
    left: set[str] = set()
    lately: set[str] = set()
    for row in reversed(_shown(lines, signs)):
        words = " ".join(row.split())
        asked = [each for each, text in kept if words and _shows(words, text)]
        found = {each.conversation for each in asked}
        lately |= {each.conversation for each in asked if not each.is_earlier}
        left = left & found or left or found
        if len(left) == 1:
            return next(iter(left & lately), "")
    return ""


def _shown(lines: Sequence[str], signs: PromptSigns) -> list[str]:
    """Return the prompts that are kept by now, the first row of each; a draft is none."""
    shown: list[str] = []
    answered: list[str] = []
    for line in lines:
        if line.startswith(signs.prompt):
            shown.append(line.removeprefix(signs.prompt).strip())
        elif signs.answer and line.startswith(signs.answer):
            answered += shown[-1:]
            shown.clear()
    # The last one is that of the composer, or of a dialog.
    return answered if signs.answer else shown[:-1]


def _shows(words: str, text: str) -> bool:
    return text == words or (len(words) >= LONG and text.startswith(words))
