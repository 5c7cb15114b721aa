"""The list of agents: one line each, below the names of the columns and the headings of groups."""

from collections.abc import Sequence

import attrs

from oma.model.health import Health
from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.tui.cells import (
    Line,
    Size,
    Span,
    cells,
    clip_line,
    fill_line,
    line_cells,
    pad,
    shorten,
    showable,
)
from oma.tui.columns import Column, Placed, cell
from oma.tui.grouping import Entry, Heading
from oma.tui.render_input import RenderInput
from oma.tui.theme import selected_style


@attrs.frozen
class Noted:
    """What a user has noted of agents."""

    marked: frozenset[AgentId] = frozenset()
    snoozed: frozenset[AgentId] = frozenset()


NOTHING_NOTED = Noted()


def titles(
    placed: Sequence[Placed], place: str, columns: int, order: Column = Column.NEED
) -> Line:
    """Return the line above the list: the names of the columns, and beside `name` a place in the list.

    Args:
        placed: The columns.
        place: As `7/120`; empty where all is seen.
        columns: The width of the list.
        order: The column that the list is sorted by, whose name stands out.
    """
    line = [Span(" ")]
    for each in placed:
        title = each.title
        if each.column is Column.NAME and place:
            title = pad(f"{title.strip()} {place}", each.columns)
        line.append(Span(_gap(each) + title, "strong" if each.column is order else "faint"))
    return fill_line(line, columns)


def rows(
    render_input: RenderInput,
    entries: Sequence[Entry],
    selected: AgentState | None,
    placed: Sequence[Placed],
    room: Size,
    noted: Noted = NOTHING_NOTED,
) -> list[Line]:
    """Return one line for each entry, as many as there is room for."""
    return [
        _heading(render_input, entry, room.columns)
        if isinstance(entry, Heading)
        else _row(
            render_input,
            entry,
            placed,
            room.columns,
            selected=entry is selected,
            noted=noted,
        )
        for entry in entries[: room.rows]
    ]


def scrollbar(lines: Sequence[Line], first: int, entries: int, columns: int) -> list[Line]:
    """Return the lines of a list with a bar at their end that says which part of it they are.

    Args:
        lines: All that are seen.
        first: Which entry is the first of them.
        entries: How many there are; more than lines.
        columns: The width of the list, with the bar.
    """
    rows = len(lines)
    length = max(1, rows * rows // entries)
    start = round((rows - length) * first / max(1, entries - rows))
    return [
        (
            *fill_line(line, columns - 1),
            Span("┃", "key") if start <= row < start + length else Span("│", "rule"),
        )
        for row, line in enumerate(lines)
    ]


def _heading(render_input: RenderInput, heading: Heading, columns: int) -> Line:
    count = f"{heading.agents} agent{'s' * (heading.agents > 1)} "
    line = [
        Span("── ", "rule"),
        Span(render_input.capabilities.sign(heading.worst), heading.worst.value),
    ]
    room = columns - line_cells(line) - cells(count) - 4
    line += [
        Span(f" {shorten(showable(heading.text), max(1, room))} ", "strong"),
        Span(count, "faint"),
    ]
    return clip_line((*line, Span("─" * max(0, columns - line_cells(line)), "rule")), columns)


def _row(
    render_input: RenderInput,
    agent: AgentState,
    placed: Sequence[Placed],
    columns: int,
    *,
    selected: bool,
    noted: Noted,
) -> Line:
    line, used = [Span("▸" if selected else " ", "brand")], 1
    for each in placed:
        gap = " " * each.gap
        if each.column is Column.NAME:
            gap = _note(render_input, agent, noted)
        style = "faint" if agent.id in noted.snoozed else _style(agent, each.column)
        line.append(Span(gap + cell(render_input, agent, each), style))
        used += each.gap + each.columns
    filled = (*line, Span(" " * (columns - used))) if used < columns else clip_line(line, columns)
    if not selected:
        return filled
    return tuple(Span(part.text, selected_style(part.style)) for part in filled)


def _note(render_input: RenderInput, agent: AgentState, noted: Noted) -> str:
    """Return the sign before the name."""
    if agent.id in noted.marked:
        return "✓"
    if agent.id in noted.snoozed:
        return "z"
    return "*" if agent.id == render_input.occupant else " "


def _gap(placed: Placed) -> str:
    return " " * placed.gap


def _style(agent: AgentState, column: Column) -> str:
    health = agent.verdict.health
    match column:
        case Column.NEED | Column.HEALTH:
            return "faint" if agent.lost else health.value
        case Column.NAME:
            return "faint" if agent.lost else "strong"
        case Column.WAITING | Column.SINCE:
            return "faint" if agent.lost else "text"
        case Column.REASON:
            needs = health in {Health.WAITING, Health.STUCK} and not agent.lost
            return "text" if needs else "faint"
        case _:
            return "faint"
