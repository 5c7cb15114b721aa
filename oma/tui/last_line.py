"""The last line: what is being asked or typed, what was last said, or which keys there are."""

from typing import assert_never

from oma.tui.cells import Line, Span, cells, clip_line, line_cells, span
from oma.tui.keymap import Action
from oma.tui.scene import Scene
from oma.tui.view import Browsing, Confirming, Filtering, Helping, Messaging, View

_HINTS = (
    (Action.ATTACH, "attach"),
    (Action.MESSAGE, "message"),
    (Action.WHY, "why"),
    (Action.NEXT_URGENT, "next"),
    (Action.HELP, "help"),
    (Action.QUIT, "quit"),
    (Action.FILTER, "filter"),
    (Action.KILL, "kill"),
    (Action.STOP, "stop"),
    (Action.RESTART, "restart"),
    (Action.NEW, "new"),
    (Action.RESYNC, "resync"),
)
"""The most useful first: those that do not fit are left out."""


def last_line(scene: Scene, view: View, columns: int) -> tuple[Line, int | None]:
    """Return the line, and where the person's cursor is in it while a text is edited."""
    mode = view.mode
    match mode:
        case Confirming():
            return clip_line((span(f" {mode.question} y/n ", "question"),), columns), None
        case Filtering():
            return _edited("/", mode.editor.text, mode.editor.cursor_cells, columns)
        case Messaging():
            prompt = f"to {scene.short_name(mode.agent.name)}: "
            return _edited(prompt, mode.editor.text, mode.editor.cursor_cells, columns)
        case Browsing() | Helping():
            if view.notice:
                return clip_line((span(f" {view.notice}", "notice"),), columns), None
            return _hints(scene, columns), None
        case _:
            assert_never(mode)


def _edited(prompt: str, text: str, cursor: int, columns: int) -> tuple[Line, int]:
    label = span(f" {prompt}", "key")
    start = cells(label.text)
    room = max(1, columns - start - 1)
    shown = text
    while cursor > room and shown:  # the end that is being typed stays in sight
        cursor -= cells(shown[0])
        shown = shown[1:]
    line = clip_line((label, Span(shown)), columns)
    return line, max(0, min(columns - 1, start + cursor))


def _hints(scene: Scene, columns: int) -> Line:
    line: list[Span] = [Span(" ")]
    for action, word in _HINTS:
        key = scene.keymap.key_for(action)
        part = [Span(key, "key"), Span(f" {word}  ", "faint")]
        if key and line_cells(line) + line_cells(part) <= columns + 2:
            line += part
    return clip_line(line, columns)
