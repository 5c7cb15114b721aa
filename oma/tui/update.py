"""What a user's inputs do, by the mode that the view is in: (view, input) to (view, intents)."""

from typing import assert_never

import attrs

from oma.model import intents
from oma.tui.choosing import choose, click_entry, entry_by
from oma.tui.confirming import ask_to_answer, decided
from oma.tui.editor import Editor, sendable
from oma.tui.filtering import read_filter
from oma.tui.grouping import agent_at
from oma.tui.inputs import Click, Input, Key, Paste, Wheel
from oma.tui.marking import ask_to_answer_all, ask_to_send_all
from oma.tui.pane_reading import looked_for, read_pane, row_by
from oma.tui.pane_text import ReadingPane
from oma.tui.performing import Step, moved, perform
from oma.tui.reading import read_on, scrolled_by
from oma.tui.restore_offer import ask_to_restore, restores
from oma.tui.view_model import (
    Browsing,
    Choosing,
    Confirming,
    Creating,
    Digesting,
    Filtering,
    Helping,
    Messaging,
    Mode,
    Telling,
    UpdateContext,
    View,
    select,
    settled,
)


def step(view: View, given: Input, context: UpdateContext) -> Step:
    """Return the view after an input, and what it asks for."""
    if restores(view, given, context):
        return ask_to_restore(view, context), ()
    view = settled(attrs.evolve(view, notice="", chosen=True, awaited=""), context)
    match given:
        case Click():
            return _clicked(view, given, context)
        case Wheel(steps):
            return _turned(view, steps, context), ()
        case Key(name):
            return _typed(view, name, context)
        case Paste(text):
            return settled(_pasted(view, text, context), context), ()
        case _:
            assert_never(given)


def _typed(view: View, key: str, context: UpdateContext) -> Step:  # noqa: C901  # a table of modes
    mode = view.mode
    match mode:
        case Browsing():
            return _acted(view, key, context)
        case Filtering():
            return settled(_filtered(view, mode, key), context), ()
        case Messaging():
            return _messaged(view, mode, key, context)
        case Confirming():
            return decided(view, mode, key)
        case Telling():
            return attrs.evolve(view, mode=Browsing()), ()
        case Creating():
            return _filled_in(view, mode, key)
        case Choosing():
            return choose(view, mode, key, context)
        case ReadingPane():
            return read_pane(view, mode, key, context)
        case Helping() | Digesting():
            return read_on(view, mode, key, context), ()
        case _:
            assert_never(mode)


def _turned(view: View, steps: int, context: UpdateContext) -> View:
    """Scroll what is in front by the wheel; what is being typed or asked does not move."""
    match view.mode:
        case Browsing() | Filtering():
            return moved(view, context, 3 * steps)
        case Digesting() | Helping():
            return attrs.evolve(view, mode=scrolled_by(view.mode, 3 * steps, context))
        case ReadingPane():
            return attrs.evolve(view, mode=row_by(view.mode, 3 * steps, context))
        case Choosing():
            return attrs.evolve(view, mode=entry_by(view, view.mode, steps, context))
        case _:
            return view


def _acted(view: View, key: str, context: UpdateContext) -> Step:
    if key in set("123456789"):
        answer = ask_to_answer_all if view.marked else ask_to_answer
        return answer(view, key, context), ()
    if key == "Escape" and view.marked:
        return attrs.evolve(view, marked=frozenset()), ()
    if key == "Escape":
        return settled(attrs.evolve(view, filter_text="", why=False), context), ()
    action = context.keymap.actions.get(key)
    return (view, ()) if action is None else perform(view, action, context)


def _pasted(view: View, text: str, context: UpdateContext) -> View:  # noqa: C901  # a table of modes
    """Put a text into what is being edited; where nothing is, it does nothing."""
    lost = len(text) - len(sendable(text))
    if lost:
        words = f"{lost} control character{'s' * (lost > 1)} left out"
        view = attrs.evolve(view, notice=words)
    match view.mode:
        case Messaging(editor=editor):
            mode: Mode = attrs.evolve(view.mode, editor=editor.pasted(text, lines=True))
        case Filtering(editor=editor):
            mode = attrs.evolve(view.mode, editor=editor.pasted(text))
            view = attrs.evolve(view, filter_text=mode.editor.text)
        case Creating(form):
            mode = Creating(form.pasted(text))
        case Choosing(editor=editor):
            mode = Choosing(editor.pasted(text))
        case Helping(search=Editor() as editor):
            editor = editor.pasted(text)
            mode = Helping(text=editor.text, search=editor)
        case ReadingPane(search=Editor() as editor):
            mode = looked_for(view.mode, editor.pasted(text), context)
        case Browsing() | Confirming() | Telling() | Helping() | ReadingPane() | Digesting():
            return attrs.evolve(view, notice="what is pasted is no key: nothing was done")
        case _:
            assert_never(view.mode)
    return attrs.evolve(view, mode=mode)


def _filtered(view: View, mode: Filtering, key: str) -> View:
    match key:
        case "Enter":
            said = "; ".join(read_filter(view.filter_text, view.saved_filters).complaints)
            return attrs.evolve(view, mode=Browsing(), notice=said)
        case "Escape":
            return attrs.evolve(view, mode=Browsing(), filter_text=mode.before)
        case _:
            editor = mode.editor.typed(key)
            said = "; ".join(read_filter(editor.text, view.saved_filters).complaints)
            mode = attrs.evolve(mode, editor=editor)
            return attrs.evolve(view, mode=mode, filter_text=editor.text, notice=said)


def _messaged(view: View, mode: Messaging, key: str, context: UpdateContext) -> Step:
    match key:
        case "Enter":
            text = mode.editor.text
            if not text.strip():
                return attrs.evolve(
                    view, mode=Browsing(), notice="nothing was typed: not sent"
                ), ()
            if mode.together:
                return ask_to_send_all(view, mode, context), ()
            act = intents.QueueText if mode.queues else intents.SendText
            return attrs.evolve(view, mode=Browsing()), (act(mode.agent.id, text),)
        case "Escape":
            return attrs.evolve(view, mode=Browsing(), notice="not sent"), ()
        case _:
            return attrs.evolve(view, mode=attrs.evolve(mode, editor=mode.editor.typed(key))), ()


def _filled_in(view: View, mode: Creating, key: str) -> Step:
    if key == "Escape":
        return attrs.evolve(view, mode=Browsing(), notice="nothing started"), ()
    form, asked = mode.form.typed(key)
    return attrs.evolve(view, mode=Creating(form)), () if asked is None else (asked,)


def completed(view: View, text: str, found: tuple[str, ...]) -> View:
    """Return the view after it was found out which directories `text` can become."""
    if not isinstance(view.mode, Creating):
        return view
    return attrs.evolve(view, mode=Creating(view.mode.form.completed(text, found)))


def checked(
    view: View, new: intents.NewAgent, refusal: intents.Refusal | None, prefix: str
) -> View | None:
    """Return the view after it was found out whether an agent can be started.

    `None` when the user does not want it any more. What cannot be started keeps the form open;
    what can is selected when it shows up, and no filter hides it.
    """
    mode = view.mode
    if not isinstance(mode, Creating) or not mode.form.checking:
        return None
    if refusal is not None:
        return attrs.evolve(view, mode=Creating(mode.form.refused(refusal)))
    name = new.name if new.name.startswith(prefix) else f"{prefix}{new.name}"
    return attrs.evolve(view, mode=Browsing(), filter_text="", awaited=name)


def _clicked(view: View, click: Click, context: UpdateContext) -> Step:
    if isinstance(view.mode, Helping | Digesting | Telling):
        return attrs.evolve(view, mode=Browsing()), ()
    if isinstance(view.mode, Choosing):
        return click_entry(view, view.mode, click, context)
    if not isinstance(view.mode, Browsing):
        return view, ()
    agents, regions = context.agents(view), context.regions(view)
    row = regions.list_row(click.row, click.column)
    agent = None if row is None else agent_at(context.seen(view), row)
    if agent is None:
        return view, ()
    view = select(view, context, agents, agents.index(agent))
    return view, (intents.AttachAgent(agent.id),) if click.double else ()
