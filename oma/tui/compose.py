"""The whole screen as a value: which parts there are, and who fills them. Pure and total."""

import attrs

from oma.model.attention import by_attention
from oma.model.state import AgentState
from oma.tui.cells import Frame, Line, Size, Span, clip_line, fill_line, span, to_ascii
from oma.tui.columns import fitting
from oma.tui.digest_panel import digest_panel
from oma.tui.empty_list import empty_list
from oma.tui.fleet_table import Noted, rows, scrollbar, titles
from oma.tui.form import form_lines
from oma.tui.grouping import seen_from
from oma.tui.header import header
from oma.tui.help import help_lines
from oma.tui.kept_listing import KeptListing
from oma.tui.listing import Listing
from oma.tui.ordering import Order
from oma.tui.palette import palette_entries, palette_lines
from oma.tui.pane_page import pane_page
from oma.tui.pane_text import ReadingPane
from oma.tui.past_timeline import past_lines, past_rows
from oma.tui.preview import preview, title
from oma.tui.regions import SCROLLBAR_COLUMNS, Regions, divide
from oma.tui.render_input import RenderInput
from oma.tui.selecting import index_of
from oma.tui.status_line import status_line
from oma.tui.timeline import timeline_lines, timeline_rows
from oma.tui.transitions_line import recent, recent_rows, transitions_line
from oma.tui.view_model import (
    Choosing,
    Confirming,
    Creating,
    Digesting,
    Helping,
    Telling,
    View,
    listing_of,
)
from oma.tui.why_panel import why_panel


def compose(
    render_input: RenderInput, view: View, size: Size, kept: KeptListing | None = None
) -> Frame:
    """Return the screen; nothing in it is off the grid, and no control character is in it.

    Args:
        render_input: What there is to show.
        view: How it is looked at.
        size: Of the screen.
        kept: The last listing of the same dashboard, if there is one.
    """
    if size.rows < 1 or size.columns < 1:
        return Frame(size, ((),) * max(0, size.rows))
    listing = listing_of(kept or KeptListing(), render_input.state, view, render_input.prefix)
    bottom, cursor = status_line(render_input, view, size.columns)
    played = past_rows(render_input.past, size)
    if render_input.timeline is not None:
        played = timeline_rows(render_input.timeline, size)
    body_rows = max(0, size.rows - 2 - played)
    at = None if cursor is None else (size.rows - 1, cursor)
    room = Size(size.columns, body_rows)
    if isinstance(view.mode, Creating):
        body, (row, column) = form_lines(view.mode.form, room)
        at = (min(row + 1, size.rows - 1), column)
    elif (read := _read(render_input, view, room)) is not None:
        body = read
    else:
        regions = divide(Size(size.columns, size.rows - played), listing.needs)
        body = _body(render_input, view, listing, regions)
    top = header(render_input, listing, size.columns, view.filter_text, _how(view))
    lines: list[Line] = [
        top,
        *_exactly(body, body_rows),
        *_played(render_input, view, Size(size.columns, played)),
        bottom,
    ]
    if size.rows == 1:
        lines = [bottom]
    if render_input.capabilities.ascii:
        lines = [tuple(Span(to_ascii(s.text), s.style) for s in line) for line in lines]
    return Frame(size, tuple(clip_line(line, size.columns) for line in lines), at)


def _how(view: View) -> str:
    """Return how a list is looked at that is not the usual one."""
    words = [
        f"by {view.order}" * (view.order is not Order.NEED),
        f"{len(view.marked)} marked" * bool(view.marked),
        f"{len(view.snoozed)} snoozed" * bool(view.snoozed),
    ]
    return ", ".join(filter(None, words))


def _about(told: tuple[str, ...], rows: int) -> list[Line]:
    """Return the lines that say what is asked about, and how many more there are."""
    head, *others = told
    seen = max(0, rows - 2)
    left = len(others) - seen
    if left > 0:
        others[seen - 1 :] = [f"and {left + 1} more"]
    return [(), (span(f"  {head}", "faint"),), *((span(f"  {each}", "text"),) for each in others)]


def _body(render_input: RenderInput, view: View, listing: Listing, regions: Regions) -> list[Line]:
    if isinstance(view.mode, Confirming | Telling) and view.mode.about:
        return _about(view.mode.about, regions.size.rows - 2)
    agents = listing.agents
    agent = agents[index_of(agents, view.selected, view.index)] if agents else None
    table = _table(render_input, view, listing, regions)
    if regions.detail_column:
        left = [*table, *_recent(render_input, regions)]
        right = _detail(render_input, view, agent, regions.detail)
        beside = [
            (*fill_line(first, regions.list.columns), Span(" │ ", "rule"), *second)
            for first, second in zip(left, right, strict=True)
        ]
        return [*beside, *_told(render_input, regions)]
    detail = regions.detail
    told = recent_rows(render_input, regions.size.rows) if regions.transitions and detail else 0
    if detail is None or not told:
        lines = [*table, *_detail(render_input, view, agent, detail)]
        return [*lines, *_told(render_input, regions)]
    above = attrs.evolve(detail, rows=detail.rows + 1 - told)
    return [
        *table,
        *_detail(render_input, view, agent, above),
        *recent(render_input, Size(regions.size.columns, told)),
    ]


def _table(
    render_input: RenderInput, view: View, listing: Listing, regions: Regions
) -> list[Line]:
    """Return the list below its titles; with a scrollbar where it is longer than its room."""
    agents, entries, room = listing.agents, listing.entries, regions.list
    if not agents:
        return _exactly(empty_list(render_input, view, room.columns), room.rows)
    index = index_of(agents, view.selected, view.index)
    scrolls = len(entries) > room.rows
    bar_columns = SCROLLBAR_COLUMNS if scrolls else 0
    inner = attrs.evolve(room, columns=max(0, room.columns - bar_columns))
    placed = fitting(listing.widths, inner.columns)
    seen = seen_from(view.first, entries, room.rows)
    table = _exactly(
        rows(
            render_input,
            seen,
            agents[index],
            placed,
            inner,
            Noted(view.marked, view.snoozed_agents),
        ),
        room.rows,
    )
    if scrolls:
        table = scrollbar(table, view.first, len(entries), room.columns)
    if not regions.titles:
        return table
    place = f"{index + 1}/{len(agents)}" if scrolls else ""
    return [titles(placed, place, room.columns, view.order.column), *table]


def _read(render_input: RenderInput, view: View, room: Size) -> list[Line] | None:
    """Return what is shown in place of the list; `None` where that is the list."""
    match view.mode:
        case Helping(first, text):
            return help_lines(
                render_input.keymap,
                room,
                first=first,
                text=text,
                played=render_input.timeline is not None,
            )
        case Digesting():
            return digest_panel(render_input, view.mode, room)
        case ReadingPane():
            return pane_page(render_input, view.mode, room)
        case Choosing():
            return _palette(render_input, view, view.mode, room)
        case _:
            return None


def _palette(render_input: RenderInput, view: View, mode: Choosing, room: Size) -> list[Line]:
    agent = render_input.state.agent(view.selected)
    entries = palette_entries(
        render_input.keymap,
        by_attention(render_input.state.agents),
        agent,
        mode.editor.text,
        render_input.prefix,
        played=render_input.timeline is not None,
    )
    index = max(0, min(mode.index, len(entries) - 1))
    return palette_lines(render_input, entries, index, agent, room, marked=len(view.marked))


def _why(render_input: RenderInput) -> str:
    found = render_input.explanation
    if render_input.timeline is None or found is None:
        return "why it is judged so"
    return f"why it is judged so; the grounds of {render_input.wall_time.time_of_day(found.t)}"


def _played(render_input: RenderInput, view: View, room: Size) -> list[Line]:
    if render_input.past is not None:
        lines = past_lines(render_input.past, view.selected, render_input.short_name, room)
        return _exactly(lines, room.rows)
    if render_input.timeline is None:
        return []
    agent = render_input.state.agent(view.selected)
    shown = None if agent is None else agent.name if agent.is_session else agent.id
    return _exactly(
        timeline_lines(render_input.timeline, shown, render_input.short_name, room), room.rows
    )


def _detail(
    render_input: RenderInput, view: View, agent: AgentState | None, room: Size | None
) -> list[Line]:
    if room is None:
        return []
    inner = attrs.evolve(room, rows=room.rows - 1)
    if view.why:
        head, body = (
            title(render_input, agent, room.columns, _why(render_input)),
            why_panel(render_input, agent, inner),
        )
    else:
        head, body = title(render_input, agent, room.columns), preview(render_input, agent, inner)
    return _exactly([head, *body], room.rows)


def _told(render_input: RenderInput, regions: Regions) -> list[Line]:
    if not regions.transitions:
        return []
    return [transitions_line(render_input, regions.size.columns)]


def _recent(render_input: RenderInput, regions: Regions) -> list[Line]:
    if not regions.recent_rows:
        return []
    room = Size(regions.list.columns, regions.recent_rows)
    return _exactly(recent(render_input, room), regions.recent_rows)


def _exactly(lines: list[Line], count: int) -> list[Line]:
    return [*lines[:count], *[()] * (count - len(lines))]
