"""The whole screen as a value: which parts there are, and who fills them. Pure and total."""

import attrs

from oma.model.state import AgentState
from oma.tui.cells import Frame, Line, Size, Span, clip_line, fill_line, span, to_ascii
from oma.tui.fleet_table import cards, rows
from oma.tui.header import header
from oma.tui.help import help_lines
from oma.tui.last_line import last_line
from oma.tui.preview import preview, title
from oma.tui.regions import CARD_ROWS, Regions, divide
from oma.tui.scene import Scene
from oma.tui.selecting import index_of, listed
from oma.tui.transitions_line import recent, transitions_line
from oma.tui.view import Helping, View
from oma.tui.why_panel import why_panel


def compose(scene: Scene, view: View, size: Size) -> Frame:
    """Return the screen; nothing in it is off the grid, and no control character is in it."""
    if size.rows < 1 or size.columns < 1:
        return Frame(size, ((),) * max(0, size.rows))
    agents = listed(scene.state.agents, view.filter_text)
    bottom, cursor = last_line(scene, view, size.columns)
    body_rows = max(0, size.rows - 2)
    if isinstance(view.mode, Helping):
        body = help_lines(scene.keymap, Size(size.columns, body_rows))
    else:
        body = _body(scene, view, agents, divide(size, len(agents)))
    top = header(scene, size.columns, view.filter_text, len(agents))
    lines: list[Line] = [top, *_exactly(body, body_rows), bottom]
    if size.rows == 1:
        lines = [bottom]
    if scene.face.ascii:
        lines = [tuple(Span(to_ascii(s.text), s.style) for s in line) for line in lines]
    at = None if cursor is None else (size.rows - 1, cursor)
    return Frame(size, tuple(clip_line(line, size.columns) for line in lines), at)


def _body(
    scene: Scene, view: View, agents: tuple[AgentState, ...], regions: Regions
) -> list[Line]:
    selected = index_of(agents, view.selected, view.index)
    agent = agents[selected] if agents else None
    fill = cards if regions.agent_rows == CARD_ROWS else rows
    table = fill(scene, agents, view.first, selected, regions.list)
    if not agents:
        table = _nobody(scene, view)
    table = _exactly(table, regions.list.rows)
    if regions.detail_column:
        left = [*table, *_recent(scene, regions)]
        right = _detail(scene, view, agent, regions.detail)
        return [
            (*fill_line(first, regions.list.columns), Span(" │ ", "rule"), *second)
            for first, second in zip(left, right, strict=True)
        ]
    lines = [*table, *_detail(scene, view, agent, regions.detail)]
    if regions.transitions:
        lines.append(transitions_line(scene, regions.size.columns))
    return lines


def _detail(scene: Scene, view: View, agent: AgentState | None, room: Size | None) -> list[Line]:
    if room is None:
        return []
    inner = attrs.evolve(room, rows=room.rows - 1)
    if view.why:
        head, body = (
            title(scene, agent, room.columns, "why it is judged so"),
            why_panel(scene, agent, inner),
        )
    else:
        head, body = title(scene, agent, room.columns), preview(scene, agent, inner)
    return _exactly([head, *body], room.rows)


def _recent(scene: Scene, regions: Regions) -> list[Line]:
    if not regions.recent_rows:
        return []
    room = Size(regions.list.columns, regions.recent_rows)
    return _exactly(recent(scene, room), regions.recent_rows)


def _nobody(scene: Scene, view: View) -> list[Line]:
    if not scene.state.seq:
        return []
    if not scene.state.has_server:
        return [(), (Span("  No tmux server is running; oma waits for one.", "text"),)]
    if scene.state.agents:
        return [(), (span(f"  No agent fits the filter {view.filter_text!r}.", "text"),)]
    return [
        (),
        (Span("  No agents.", "strong"),),
        (span(f"  Every tmux session named {scene.prefix}… shows up here.", "faint"),),
        (Span("  oma new NAME -- COMMAND starts one.", "faint"),),
    ]


def _exactly(lines: list[Line], count: int) -> list[Line]:
    return [*lines[:count], *[()] * (count - len(lines))]
