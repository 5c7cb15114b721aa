"""What keys and the mouse do in the palette: the very acts of the keys that it shows beside each entry."""

import attrs

from oma.tui.confirming import ask_to_answer
from oma.tui.inputs import Click, Key
from oma.tui.keymap import KeyAction
from oma.tui.palette import HEAD_ROWS, PaletteAnswer, first_seen
from oma.tui.performing import Step, perform
from oma.tui.restore_offer import ask_to_restore, restores
from oma.tui.view_model import Browsing, Choosing, UpdateContext, View, settled


def choose(view: View, mode: Choosing, key: str, context: UpdateContext) -> Step:
    """Move in the palette, look for something else, or do what the entry says as its keys would."""
    page = max(1, context.size.rows - 2 - HEAD_ROWS - 1)
    steps = {
        **dict.fromkeys(("Down", "C-n", "Tab"), 1),
        **dict.fromkeys(("Up", "C-p", "BackTab"), -1),
        "PageDown": page,
        "PageUp": -page,
    }
    match key:
        case "Escape":
            return attrs.evolve(view, mode=Browsing()), ()
        case "Enter":
            return _done(attrs.evolve(view, mode=Browsing()), mode, context)
        case _ if key in steps:
            return attrs.evolve(view, mode=entry_by(view, mode, steps[key], context)), ()
        case _:
            editor = mode.editor.typed(key)
            index = mode.index if editor.text == mode.editor.text else 0
            return attrs.evolve(view, mode=Choosing(editor, index)), ()


def entry_by(view: View, mode: Choosing, steps: int, context: UpdateContext) -> Choosing:
    """Return the palette with the entry so many further chosen; its ends stop that."""
    last = len(context.palette(view, mode)) - 1
    return attrs.evolve(mode, index=max(0, min(mode.index + steps, last)))


def _done(view: View, mode: Choosing, context: UpdateContext) -> Step:
    entries = context.palette(view, mode)
    if not entries:
        return attrs.evolve(view, notice="nothing fits: nothing was done"), ()
    match entries[min(mode.index, len(entries) - 1)].does:
        case KeyAction() as action:
            if any(restores(view, Key(key), context) for key in context.keymap.keys_of(action)):
                return ask_to_restore(view, context), ()
            return perform(view, action, context)
        case PaletteAnswer(key):
            return ask_to_answer(view, key, context), ()
        case agent_id:
            if all(agent.id != agent_id for agent in context.agents(view)):
                view = attrs.evolve(view, filter_text="")
            return settled(attrs.evolve(view, selected=agent_id), context), ()


def click_entry(view: View, mode: Choosing, click: Click, context: UpdateContext) -> Step:
    """Do what the entry under the mouse says."""
    entries = context.palette(view, mode)
    seen = max(1, context.size.rows - 2 - HEAD_ROWS)
    row = click.row - 1 - HEAD_ROWS
    number = first_seen(min(mode.index, len(entries) - 1), len(entries), seen) + row
    if not 0 <= row < seen or number >= len(entries):
        return view, ()
    mode = attrs.evolve(mode, index=number)
    return _done(attrs.evolve(view, mode=Browsing()), mode, context)
