"""The last line: what is being asked or typed, what was last said, or which keys there are."""

from typing import assert_never

from oma.tui.cells import Line, Span, cells, clip_line, line_cells, shorten, showable, span
from oma.tui.editor import Editor
from oma.tui.keymap import KeyAction
from oma.tui.pane_text import ReadingPane
from oma.tui.render_input import RenderInput
from oma.tui.view_model import (
    Browsing,
    Choosing,
    Confirming,
    Creating,
    Digesting,
    Filtering,
    Helping,
    Messaging,
    Telling,
    View,
)

_SCROLLED = ("↑↓", "scroll")
_MODE_HINTS = (
    (Creating, (("Enter", "start"), ("Tab", "complete"), ("↑↓", "fields"), ("Esc", "back"))),
    (
        ReadingPane,
        (
            *(_SCROLLED, ("n", "above"), ("N", "below"), ("v", "mark"), ("y", "copy")),
            *(("Y", "copy all"), ("Esc", "back")),
        ),
    ),
    (Helping | Digesting, (_SCROLLED, ("Esc", "back"))),
)
"""The keys that are fixed, of each mode that has others than the list."""

_HINTS = (
    (KeyAction.ATTACH, "attach"),
    (KeyAction.MESSAGE, "message"),
    (KeyAction.WHY, "why"),
    (KeyAction.NEXT_URGENT, "next"),
    (KeyAction.HELP, "help"),
    (KeyAction.QUIT, "quit"),
    (KeyAction.PALETTE, "all acts"),
    (KeyAction.FILTER, "filter"),
    (KeyAction.KILL, "kill"),
    (KeyAction.READ, "read"),
    (KeyAction.GROUP, "group"),
    (KeyAction.SHOW, "right pane"),
    (KeyAction.TILE, "panes"),
    (KeyAction.STOP, "stop"),
    (KeyAction.RESTART, "restart"),
    (KeyAction.NEW, "new"),
    (KeyAction.QUEUE, "queue"),
    (KeyAction.RESYNC, "resync"),
)
"""The most useful first: those that do not fit are left out."""

_NOBODY_HINTS = (
    (KeyAction.NEW, "new"),
    (KeyAction.HELP, "help"),
    (KeyAction.QUIT, "quit"),
    (KeyAction.PALETTE, "all acts"),
    (KeyAction.RESYNC, "resync"),
)
"""Where there is no agent."""

_PLAYING = (
    ("←→", "10 s"),
    ("[ ]", "transition"),
    ("+-", "speed"),
    ("0-9", "tenths"),
    (":", "time"),
)
_PLAYED_HINTS = (
    (KeyAction.WHY, "why"),
    (KeyAction.HELP, "help"),
    (KeyAction.QUIT, "quit"),
    (KeyAction.FILTER, "filter"),
    (KeyAction.GROUP, "group"),
)


def status_line(
    render_input: RenderInput, view: View, columns: int
) -> tuple[Line, int | None]:  # a table of modes
    """Return the line, and where the user's cursor is in it while a text is edited."""
    if render_input.timeline is not None and render_input.timeline.asking is not None:
        asking = render_input.timeline.asking
        return _edited("go to ", asking, columns)
    mode = view.mode
    match mode:
        case Confirming():
            return _question(mode.question, columns), None
        case Filtering():
            return _edited("/", mode.editor, columns, view.notice)
        case Helping(search=Editor() as editor) | ReadingPane(search=Editor() as editor):
            return _edited("/", editor, columns, view.notice)
        case Choosing():
            return _edited(": ", mode.editor, columns, view.notice)
        case Messaging():
            return _edited(_addressed(render_input, mode), mode.editor, columns, view.notice)
        case Telling() | Creating() | Browsing() | Helping() | ReadingPane() | Digesting():
            return _said(render_input, view, columns), None
        case _:
            assert_never(mode)


def _addressed(render_input: RenderInput, mode: Messaging) -> str:
    """Return whom a message is for."""
    name = render_input.short_name(mode.agent.name)
    whom = f"{len(mode.together)} marked" if mode.together else name
    return f"queue for {whom}: " if mode.queues else f"to {whom}: "


def _said(render_input: RenderInput, view: View, columns: int) -> Line:
    """Return what was last said, and where nothing was, the keys there are."""
    if view.notice:
        return clip_line((span(f" {view.notice}", "notice"),), columns)
    if isinstance(view.mode, Telling):
        return clip_line((Span(" any key goes back", "faint"),), columns)
    fixed = next((hints for mode, hints in _MODE_HINTS if isinstance(view.mode, mode)), None)
    if fixed is not None:
        hints = [(Span(key, "key"), Span(f" {word}  ", "faint")) for key, word in fixed]
        return clip_line((Span(" "), *(part for hint in hints for part in hint)), columns)
    return _hints(render_input, columns)


def _question(text: str, columns: int) -> Line:
    """Return a question whose keys are in sight, however long it is."""
    asked, keys = span(f" {text}", "question"), Span(" y/n ", "question")
    room = columns - cells(keys.text)
    if cells(asked.text) > room:
        asked = Span(shorten(asked.text, max(1, room)), "question")
    return clip_line((asked, keys), columns)


def _edited(prompt: str, editor: Editor, columns: int, notice: str = "") -> tuple[Line, int]:
    said = f"({shorten(showable(notice), columns // 2)}) " if notice else ""
    label = span(f" {said}{prompt}", "key")
    start = cells(label.text)
    text, cursor = editor.seen(max(1, columns - start - 1))
    line = clip_line((label, Span(text)), columns)
    return line, max(0, min(columns - 1, start + cursor))


def _hints(render_input: RenderInput, columns: int) -> Line:
    line: list[Span] = [Span(" ")]
    useful = _HINTS if render_input.state.agents else _NOBODY_HINTS
    hints = [(render_input.keymap.key_for(action), word) for action, word in useful]
    if render_input.timeline is not None:
        kept = [(render_input.keymap.key_for(action), word) for action, word in _PLAYED_HINTS]
        pause = "go on" if render_input.timeline.paused else "pause"
        hints = [("Space", pause), *_PLAYING, *kept]
    for key, word in hints:
        part = [Span(key, "key"), Span(f" {word}  ", "faint")]
        if key and line_cells(line) + line_cells(part) <= columns + 2:
            line += part
    return clip_line(line, columns)
