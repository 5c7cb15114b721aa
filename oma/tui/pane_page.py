"""A pane that is read: its rows in their own colours, where the user is, what is marked and found."""

import attrs

from oma.screen.styled import StyledRow
from oma.tui.cells import Line, Size, Span, clip_line, showable, span
from oma.tui.keymap import KeyAction
from oma.tui.pane_reading import HEAD_ROWS
from oma.tui.pane_text import ReadingPane, marked
from oma.tui.preview import title
from oma.tui.render_input import RenderInput


def pane_page(render_input: RenderInput, mode: ReadingPane, room: Size) -> list[Line]:
    """Return the rows from the first that is seen on, under a title that says which they are."""
    if room.rows < 1:
        return []
    rows = mode.rows
    if rows is None:
        return [title(render_input, mode.agent, room.columns, "its pane is being read")]
    seen = max(1, room.rows - HEAD_ROWS)
    first = max(0, mode.at - seen + 1, min(mode.first, mode.at))
    find = render_input.keymap.key_for(KeyAction.FILTER)
    place = f"row {min(mode.at + 1, len(rows))} of {len(rows)}" + f", {find} searches" * bool(find)
    head = title(render_input, mode.agent, room.columns, place)
    taken = marked(mode)
    lines = [
        _line(
            row,
            mode.text,
            "▸" if first + n == mode.at else " ",
            room.columns,
            is_marked=mode.begun is not None and first + n in taken,
        )
        for n, row in enumerate(rows[first : first + seen])
    ]
    return [head, *lines][: room.rows]


def _line(row: StyledRow, wanted: str, mark: str, columns: int, *, is_marked: bool) -> Line:
    parts = [Span(mark, "key")]
    for run in row:
        style = attrs.evolve(run.style, reverse=not run.style.reverse) if is_marked else run.style
        text = showable(run.text)
        parts += [
            span(piece, "question" if is_hit else style)
            for piece, is_hit in _pieces(text, wanted.lower())
        ]
    return clip_line(parts, columns)


def _pieces(text: str, wanted: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, with whether each is what is looked for."""
    lowered = text.lower()
    if not wanted or len(lowered) != len(text):
        return [(text, False)]
    pieces, at = [], 0
    while (found := lowered.find(wanted, at)) >= 0:
        end = found + len(wanted)
        pieces += [(text[at:found], False), (text[found:end], True)]
        at = end
    return [(piece, is_hit) for piece, is_hit in [*pieces, (text[at:], False)] if piece]
