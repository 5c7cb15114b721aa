"""Questions before an act: what is asked, about whom, and what each key does about it."""

import attrs

from oma.model.health import Health
from oma.model.intents import AnswerDialog, Intent, SendText, Together
from oma.tui.editor import Editor
from oma.tui.view_model import (
    Browsing,
    Confirming,
    Messaging,
    Telling,
    UpdateContext,
    View,
    selected_agent,
)


def ask(view: View, question: str, intent: Intent, message: Messaging | None = None) -> View:
    """Return the view with a question; `message` goes on after a no."""
    return attrs.evolve(view, mode=Confirming(question, intent, message))


def decided(view: View, mode: Confirming, key: str) -> tuple[View, tuple[Intent, ...]]:
    """Return the view after the answer to a question, and the act if that was yes."""
    if key == "y":
        marked = frozenset() if isinstance(mode.intent, Together) else view.marked
        return attrs.evolve(view, mode=Browsing(), marked=marked), (mode.intent,)
    if mode.message is not None:
        return attrs.evolve(view, mode=mode.message), ()
    return attrs.evolve(view, mode=Browsing(), notice="not done"), ()


def ask_to_answer(view: View, digit: str, context: UpdateContext) -> View:
    """Ask whether an option of the selected agent's dialog is to be chosen, as it is shown now."""
    agent = selected_agent(view, context)
    if agent is None or agent.verdict.health is not Health.WAITING:
        return attrs.evolve(view, notice="a digit answers an agent that waits; this one does not")
    name, dialog = context.short_name(agent), agent.dialog
    option = None if dialog is None else dialog.option(digit)
    if dialog is None or option is None:
        return attrs.evolve(view, notice=f"{name} shows no option {digit}: attach to see it")
    question = f"answer “{digit}. {option.label}” to {name}: {dialog.asked}"
    return ask(view, question, AnswerDialog(agent.id, digit, dialog.fingerprint))


def tell(view: View, words: str) -> View:
    """Return the view with what was done; several lines are shown until a key, if nothing else is."""
    lines = tuple(words.splitlines())
    if len(lines) < 2 or not isinstance(view.mode, Browsing):
        return attrs.evolve(view, notice=" ".join(lines))
    return attrs.evolve(view, mode=Telling(lines))


def ask_to_send(view: View, act: SendText, words: str, context: UpdateContext) -> View:
    """Ask whether a text that was refused is to be sent all the same; it is kept meanwhile.

    Where the user is busy with something else by now, they are only told.
    """
    agent = context.agent(act.agent)
    if agent is None or not isinstance(view.mode, Browsing):
        return attrs.evolve(view, notice=words)
    message = Messaging(agent, Editor(act.text, len(act.text)))
    return ask(view, f"{words}; send anyway?", attrs.evolve(act, anyway=True), message)
