"""What keys do while a pane is read: move, search, mark and copy. Nothing of it reaches the agent."""

import attrs

from oma.model.ids import AgentId
from oma.screen.styled import StyledRows
from oma.tui.editor import Editor
from oma.tui.keymap import KeyAction
from oma.tui.pane_text import ReadingPane, marked, row_text
from oma.tui.view_model import Browsing, UpdateContext, View

HEAD_ROWS = 1
"""Above the rows."""


@attrs.frozen
class ReadPane:
    """The rows of an agent's pane are asked for."""

    agent: AgentId


@attrs.frozen
class CopyText:
    """A text is to be copied for the user."""

    text: str
    """Lines without control characters."""


Asked = ReadPane | CopyText


def read_pane(
    view: View, mode: ReadingPane, key: str, context: UpdateContext
) -> tuple[View, tuple[Asked, ...]]:
    """Return the view after a key, and what is to be copied."""
    if mode.search is not None:
        return attrs.evolve(view, mode=_searched(mode, mode.search, key, context)), ()
    action = context.keymap.actions.get(key)
    if key == "Escape" and mode.begun is not None:
        return attrs.evolve(view, mode=attrs.evolve(mode, begun=None)), ()
    if key == "Escape" or action in {KeyAction.QUIT, KeyAction.READ}:
        return attrs.evolve(view, mode=Browsing()), ()
    if key in {"y", "Y", "Enter"}:
        return _copied(view, mode, whole=key == "Y")
    return attrs.evolve(view, mode=_moved(mode, key, action, context)), ()


def row_by(mode: ReadingPane, steps: int, context: UpdateContext) -> ReadingPane:
    """Return the mode with the row so many further down; the ends stop that."""
    last = len(mode.rows or ()) - 1
    return _at(mode, max(0, min(mode.at + steps, last)), context)


def pane_read(view: View, agent: AgentId, rows: StyledRows, context: UpdateContext) -> View:
    """Return the view with the rows that were asked for, at their end; unchanged where it has moved on."""
    mode = view.mode
    if not isinstance(mode, ReadingPane) or mode.agent.id != agent or mode.rows is not None:
        return view
    end = len(rows)
    while end and not row_text(rows[end - 1]).strip():
        end -= 1
    mode = attrs.evolve(mode, rows=rows[:end])
    return attrs.evolve(view, mode=_at(mode, max(0, end - 1), context))


def _moved(
    mode: ReadingPane, key: str, action: KeyAction | None, context: UpdateContext
) -> ReadingPane:
    rows, page = len(mode.rows or ()), max(1, _seen(context) - 1)
    steps = {
        KeyAction.DOWN: 1,
        KeyAction.UP: -1,
        KeyAction.PAGE_DOWN: page,
        KeyAction.PAGE_UP: -page,
        KeyAction.FIRST: -rows,
        KeyAction.LAST: rows,
    }
    if action in steps:
        return row_by(mode, steps[action], context)
    if action is KeyAction.FILTER:
        return attrs.evolve(mode, search=Editor())
    match key:
        case "n":
            return _found(mode, range(mode.at - 1, -1, -1), context)
        case "N":
            return _found(mode, range(mode.at + 1, rows), context)
        case "v" | " ":
            return attrs.evolve(mode, begun=mode.at if mode.begun is None else None)
        case _:
            return mode


def _searched(mode: ReadingPane, editor: Editor, key: str, context: UpdateContext) -> ReadingPane:
    """Go up to the nearest row that has what is typed; where there is none, to the last that has it."""
    match key:
        case "Enter":
            return attrs.evolve(mode, search=None)
        case "Escape":
            return attrs.evolve(mode, search=None, text="")
        case _:
            return looked_for(mode, editor.typed(key), context)


def looked_for(mode: ReadingPane, editor: Editor, context: UpdateContext) -> ReadingPane:
    """Return the mode with another text being looked for."""
    mode = attrs.evolve(mode, search=editor, text=editor.text)
    last = len(mode.rows or ()) - 1
    return _found(mode, (*range(mode.at, -1, -1), *range(last, mode.at, -1)), context)


def _found(
    mode: ReadingPane, places: range | tuple[int, ...], context: UpdateContext
) -> ReadingPane:
    wanted, rows = mode.text.casefold(), mode.rows or ()
    if not wanted:
        return mode
    hits = (n for n in places if wanted in row_text(rows[n]).casefold())
    return _at(mode, next(hits, mode.at), context)


def _at(mode: ReadingPane, at: int, context: UpdateContext) -> ReadingPane:
    first = max(at - _seen(context) + 1, min(mode.first, at))
    return attrs.evolve(mode, at=at, first=max(0, first))


def _seen(context: UpdateContext) -> int:
    return max(1, context.size.rows - 2 - HEAD_ROWS)


def _copied(view: View, mode: ReadingPane, *, whole: bool) -> tuple[View, tuple[Asked, ...]]:
    rows = mode.rows or ()
    places = range(len(rows)) if whole else marked(mode)
    text = "\n".join(row_text(rows[n]).rstrip() for n in places if n < len(rows))
    if not text.strip():
        return attrs.evolve(view, notice="there is nothing to copy"), ()
    return attrs.evolve(view, mode=attrs.evolve(mode, begun=None)), (CopyText(text),)
