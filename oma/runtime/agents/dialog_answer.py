"""An answer to a dialog: whether it is one to what stands on the screen, and how a line is typed."""

from collections.abc import Sequence
from itertools import zip_longest

import attrs
import trio

from oma.errors import CommandError
from oma.model.ids import AgentId
from oma.model.intents import AnswerDialog
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents.input_writer import PaneInput
from oma.runtime.agents.send_text import ECHO_S
from oma.store.store import Store
from oma.tmux.pane_input import ENTER, check_text


@attrs.frozen
class DialogAnswer:
    """An answer that fits."""

    said: str
    """The key, or the text."""
    label: str
    """Of the option; empty for a text."""
    is_line: bool
    """It is a line of text, which needs Enter after it."""


def answer_to(agent: AgentState, act: AnswerDialog) -> DialogAnswer:
    """Return what `act` types into an agent.

    Raises:
        CommandError: The agent asks nothing or something else by now, or offers no such option.
    """
    dialog = agent.dialog
    if dialog is None:
        raise CommandError(f"{agent.name} asks nothing now: nothing was sent")
    if dialog.fingerprint != act.fingerprint:
        raise CommandError(f"{agent.name} now asks something else: nothing was sent")
    option = dialog.option(act.key)
    if option is not None:
        return DialogAnswer(act.key, option.label, is_line=False)
    if not dialog.takes_text:
        raise CommandError(f"{agent.name} offers no option {act.key!r}: nothing was sent")
    check_text(act.key)
    if not act.key or printable(act.key) != act.key:
        raise CommandError("an answer is one line without control characters: nothing was sent")
    return DialogAnswer(act.key, "", is_line=True)


async def type_line(store: Store, agent: AgentId, into: PaneInput, text: str) -> bool:
    """Type a line behind the question, and Enter once the screen shows it there.

    A program that takes a single key shows no text: Enter would be an answer to what it asks next.

    Returns:
        Whether Enter was typed.
    """
    before = store.shown(agent) or ()
    await into.put(text.encode())
    with trio.move_on_after(ECHO_S):
        while not is_echoed(before, store.shown(agent) or (), text):
            await store.wait_newer(store.seq)
        await into.put(ENTER)
        return True
    return False


def is_echoed(before: Sequence[str], after: Sequence[str], text: str) -> bool:
    """Say whether a text was typed behind a line of a screen, and nothing else changed.

    >>> is_echoed(["Go on? [y/N]"], ["Go on? [y/N] y"], "y")
    True
    >>> is_echoed(["Go on? [y/N]"], ["Sure? [y/N]"], "y")
    False
    """
    changed = [
        (then.rstrip(), now.rstrip())
        for then, now in zip_longest(before, after, fillvalue="")
        if then.rstrip() != now.rstrip()
    ]
    if len(changed) != 1:
        return False
    ((then, now),) = changed
    return bool(then) and now.startswith(then) and now[len(then) :].strip() == text.strip()
