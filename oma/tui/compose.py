"""The whole screen as a value: which parts there are, and who fills them. Pure and total."""

import attrs

from oma.model.state import AgentState
from oma.tui.cells import Frame, Line, Size, Span, clip_line, fill_line, span, to_ascii
from oma.tui.fleet_table import cards, rows
from oma.tui.form import form_lines
from oma.tui.header import header
from oma.tui.help import help_lines
from oma.tui.keymap import Action
from oma.tui.last_line import last_line
from oma.tui.preview import preview, title
from oma.tui.regions import CARD_ROWS, Regions, divide
from oma.tui.scene import Scene
from oma.tui.selecting import index_of, listed
from oma.tui.timeline import timeline_lines, timeline_rows
from oma.tui.transitions_line import recent, transitions_line
from oma.tui.view import Creating, Helping, View
from oma.tui.why_panel import why_panel


def compose(scene: Scene, view: View, size: Size) -> Frame:
    """Return the screen; nothing in it is off the grid, and no control character is in it."""
    if size.rows < 1 or size.columns < 1:
        return Frame(size, ((),) * max(0, size.rows))
    agents = listed(scene.state.agents, view.filter_text)
    bottom, cursor = last_line(scene, view, size.columns)
    played = 0 if scene.timeline is None else timeline_rows(scene.timeline, size)
    body_rows = max(0, size.rows - 2 - played)
    at = None if cursor is None else (size.rows - 1, cursor)
    if isinstance(view.mode, Helping):
        room = Size(size.columns, body_rows)
        body = help_lines(scene.keymap, room, played=scene.timeline is not None)
    elif isinstance(view.mode, Creating):
        body, (row, column) = form_lines(view.mode.form, Size(size.columns, body_rows))
        at = (min(row + 1, size.rows - 1), column)
    else:
        body = _body(
            scene, view, agents, divide(Size(size.columns, size.rows - played), len(agents))
        )
    top = header(scene, size.columns, view.filter_text, len(agents))
    lines: list[Line] = [
        top,
        *_exactly(body, body_rows),
        *_played(scene, view, agents, Size(size.columns, played)),
        bottom,
    ]
    if size.rows == 1:
        lines = [bottom]
    if scene.face.ascii:
        lines = [tuple(Span(to_ascii(s.text), s.style) for s in line) for line in lines]
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


def _why(scene: Scene) -> str:
    found = scene.explanation
    if scene.timeline is None or found is None:
        return "why it is judged so"
    return f"why it is judged so; the grounds of {scene.wall_time.time_of_day(found.t)}"


def _played(scene: Scene, view: View, agents: tuple[AgentState, ...], room: Size) -> list[Line]:
    if scene.timeline is None:
        return []
    shown = next((agent.name for agent in agents if agent.session == view.selected), None)
    return _exactly(timeline_lines(scene.timeline, shown, scene.short_name, room), room.rows)


def _detail(scene: Scene, view: View, agent: AgentState | None, room: Size | None) -> list[Line]:
    if room is None:
        return []
    inner = attrs.evolve(room, rows=room.rows - 1)
    if view.why:
        head, body = (
            title(scene, agent, room.columns, _why(scene)),
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
        return [
            (),
            (Span("  No tmux server is running; oma waits for one.", "text"),),
            *_start(scene),
        ]
    if scene.state.agents:
        return [(), (span(f"  No agent fits the filter {view.filter_text!r}.", "text"),)]
    return [
        (),
        (Span("  No agents.", "strong"),),
        (span(f"  Every tmux session named {scene.prefix}… shows up here.", "faint"),),
        *_start(scene),
        *_others(scene),
    ]


def _start(scene: Scene) -> list[Line]:
    """Say how an agent is started; in a recording nobody starts one."""
    key = scene.keymap.key_for(Action.NEW)
    if scene.timeline is not None or not key:
        return []
    new = Span(" starts one; so does 'oma new NAME -- claude' in a shell.", "faint")
    return [(Span(f"  {key}", "key"), new)]


def _others(scene: Scene) -> list[Line]:
    """Say how agents are seen that run in sessions of other names."""
    if scene.timeline is not None:
        return []
    text = "  Agents in other sessions: leave, and run 'oma --match GLOB' ('*' is all of them)."
    return [(Span(text, "faint"),)]


def _exactly(lines: list[Line], count: int) -> list[Line]:
    return [*lines[:count], *[()] * (count - len(lines))]
