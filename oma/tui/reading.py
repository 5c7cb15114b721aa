"""What keys do in a text that is read: scroll it, search it, close it."""

import attrs

from oma.tui.editor import Editor
from oma.tui.help import furthest
from oma.tui.keymap import KeyAction
from oma.tui.view_model import Browsing, Digesting, Helping, UpdateContext, View


def read_on(view: View, mode: Helping | Digesting, key: str, context: UpdateContext) -> View:
    """Scroll by the keys that move in the list, search the help by the filter key; others close it."""
    if isinstance(mode, Helping) and mode.search is not None:
        return attrs.evolve(view, mode=_searched(mode, mode.search, key))
    page = max(1, context.size.rows - 4)
    steps = {
        KeyAction.DOWN: 1,
        KeyAction.UP: -1,
        KeyAction.PAGE_DOWN: page,
        KeyAction.PAGE_UP: -page,
        KeyAction.FIRST: -mode.first,
    }
    action = context.keymap.actions.get(key)
    if isinstance(mode, Helping):
        steps[KeyAction.LAST] = _furthest(mode, context)
    if action in steps:
        return attrs.evolve(view, mode=scrolled_by(mode, steps[action], context))
    if action is KeyAction.FILTER and isinstance(mode, Helping):
        return attrs.evolve(
            view, mode=attrs.evolve(mode, search=Editor(mode.text, len(mode.text)))
        )
    return attrs.evolve(view, mode=Browsing())


def scrolled_by(
    mode: Helping | Digesting, steps: int, context: UpdateContext
) -> Helping | Digesting:
    """Return the text so many lines further down."""
    first = max(0, mode.first + steps)
    if isinstance(mode, Helping):
        first = min(first, _furthest(mode, context))
    return attrs.evolve(mode, first=first)


def _furthest(mode: Helping, context: UpdateContext) -> int:
    room = attrs.evolve(context.size, rows=context.size.rows - 2)
    return furthest(context.keymap, room, text=mode.text, played=context.played)


def _searched(mode: Helping, editor: Editor, key: str) -> Helping:
    match key:
        case "Enter":
            return attrs.evolve(mode, search=None)
        case "Escape":
            return Helping()
        case _:
            editor = editor.typed(key)
            return Helping(text=editor.text, search=editor)
