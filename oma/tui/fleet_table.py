"""The list of agents: cards where there is room, rows where there is not."""

from collections.abc import Iterable, Sequence

import attrs

from oma.model.health import Health
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
    pad_left,
    shorten,
    showable,
    span,
    spread_line,
)
from oma.tui.format import ago, percent, size
from oma.tui.grouping import Entry, Heading, agents_of
from oma.tui.render_input import RenderInput
from oma.tui.theme import selected_style

_NAME_COLUMNS = (6, 24)
_WHY_COLUMNS = 18
"""Less of the grounds says nothing: then other columns are left out first."""
_BRANCH_COLUMNS = 20
_WHY_BESIDE_BRANCH = 30
"""The branch is shown where the grounds still have so many columns."""
_ABOUT_COLUMNS = 8
"""Less of branch and task says nothing."""


@attrs.frozen
class _Widths:
    """Of a row, in columns."""

    name: int
    branch: int
    line: int


def rows(
    render_input: RenderInput, entries: Sequence[Entry], selected: AgentState | None, room: Size
) -> list[Line]:
    """Return one line for each entry, as many as there is room for."""
    agents = agents_of(entries)
    longest = max((cells(_name(render_input, agent)) for agent in agents), default=0)
    name_columns = max(_NAME_COLUMNS[0], min(_NAME_COLUMNS[1], longest, room.columns // 3))
    branch_columns = max((cells(showable(agent.branch_words)) for agent in agents), default=0)
    widths = _Widths(name_columns, min(_BRANCH_COLUMNS, branch_columns), room.columns)
    return [
        _heading(render_input, entry, room.columns)
        if isinstance(entry, Heading)
        else _row(render_input, entry, widths, selected=entry is selected)
        for entry in entries[: room.rows]
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


def _row(render_input: RenderInput, agent: AgentState, widths: _Widths, *, selected: bool) -> Line:
    health, columns, style = agent.verdict.health, widths.line, _health_style(agent)
    left = [
        Span("▸" if selected else " ", "brand"),
        Span(render_input.capabilities.sign(health), style),
        Span(_mark(render_input, agent) + pad(_name(render_input, agent), widths.name), "strong"),
    ]
    right: list[Span] = []
    free = columns - line_cells(left)
    for part, part_style in (
        (pad_left(ago(render_input.age_s(agent.active_s)), 8), "text"),
        (" " + pad(_health(agent), 7), style),
        (" " + pad(_kind(agent), 8), "faint"),
        (pad_left(_cpu(agent), 5) + pad_left(_memory(agent), 6), "faint"),
    ):
        wanted = cells(part) + (_WHY_COLUMNS if right else 0)
        if free - line_cells(right) >= wanted:
            right.append(Span(part, part_style))
    if widths.branch and free - line_cells(right) >= widths.branch + 2 + _WHY_BESIDE_BRANCH:
        right.insert(2, Span("  " + _branch(agent, widths.branch), "faint"))
    ahead, behind = right[:2], right[2:]
    why_columns = max(0, free - line_cells(right) - 2)
    why = Span(pad("  " + _why(render_input, agent), why_columns + 2), _why_style(agent))
    line = clip_line((*left, *ahead, why, *behind), columns)
    return _highlighted(line, columns) if selected else line


def _branch(agent: AgentState, columns: int) -> str:
    """Return the branch and what is changed; where that is too long, the branch alone is cut."""
    changes = "" if agent.changes is None or not agent.branch else agent.changes.words
    branch = showable(agent.branch)
    if changes:
        room = max(1, columns - cells(changes) - 1)
        return pad(f"{shorten(branch, room)} {changes}", columns)
    return pad(branch, columns)


def cards(
    render_input: RenderInput, entries: Sequence[Entry], selected: AgentState | None, room: Size
) -> list[Line]:
    """Return the cards of the agents, four lines each, and the headings; no card is cut."""
    lines: list[Line] = []
    for entry in entries:
        if isinstance(entry, Heading):
            drawn = [_heading(render_input, entry, room.columns)]
        else:
            drawn = _card(render_input, entry, room.columns, selected=entry is selected)
        if len(lines) + len(drawn) > room.rows:
            break
        lines += drawn
    return lines


def _card(
    render_input: RenderInput, agent: AgentState, columns: int, *, selected: bool
) -> list[Line]:
    health, style = agent.verdict.health, _health_style(agent)
    edge = style if selected else "rule"
    top, side, bottom = ("┏━┓", "┃", "┗━┛") if selected else ("╭─╮", "│", "╰─╯")
    inner = columns - 4
    moment = ago(render_input.age_s(agent.active_s))
    name = shorten(_name(render_input, agent), max(1, inner - cells(moment) - 8))
    title: list[Span] = [
        Span(top[0] + top[1] + " ", edge),
        Span(render_input.capabilities.sign(health), style),
        Span(f"{_mark(render_input, agent)}{name} ", "faint" if agent.lost else "strong"),
    ]
    rest = [Span(f" {moment} ", "text"), Span(top[1] + top[2], edge)]
    room = columns - line_cells(title) - line_cells(rest) - 3
    if (about := _about(render_input, agent)) and room >= _ABOUT_COLUMNS:
        title.append(Span(f" {shorten(about, room)} ", "faint"))
    dashes = max(0, columns - line_cells(title) - line_cells(rest))
    facts = f"{_kind(agent)}  {_cpu(agent)}  {_memory(agent)}"
    verdict = [Span(_health(agent), style), span(f"  {_reason(render_input, agent)}")]
    body = [
        spread_line(verdict, [span(facts, "faint")], inner),
        (span(shorten(showable(agent.verdict.evidence.strip()), inner), _why_style(agent)),),
    ]
    return [
        clip_line((*title, Span(top[1] * dashes, edge), *rest), columns),
        *(_framed(line, side, edge, inner) for line in body),
        clip_line((Span(bottom[0] + bottom[1] * (columns - 2) + bottom[2], edge),), columns),
    ]


def _framed(line: Iterable[Span], side: str, edge: str, inner: int) -> Line:
    return (Span(f"{side} ", edge), *fill_line(line, max(0, inner)), Span(f" {side}", edge))


def _highlighted(line: Line, columns: int) -> Line:
    return tuple(Span(part.text, selected_style(part.style)) for part in fill_line(line, columns))


def _name(render_input: RenderInput, agent: AgentState) -> str:
    return showable(render_input.short_name(agent.name))


def _about(render_input: RenderInput, agent: AgentState) -> str:
    """Return the branch and the task, but for what the name says."""
    name = _name(render_input, agent)
    parts = dict.fromkeys((showable(agent.branch_words), showable(agent.task)))
    return " · ".join(part for part in parts if part.strip() and part != name)


def _mark(render_input: RenderInput, agent: AgentState) -> str:
    return "*" if agent.id == render_input.occupant else " "


def _kind(agent: AgentState) -> str:
    return showable(agent.command if agent.profile == "generic" else agent.profile)


def _cpu(agent: AgentState) -> str:
    # What a process last took is no fact about one that has ended.
    return percent(None if agent.verdict.health is Health.EXITED else agent.cpu_percent)


def _memory(agent: AgentState) -> str:
    return size(None if agent.verdict.health is Health.EXITED else agent.rss_bytes)


def _why(render_input: RenderInput, agent: AgentState) -> str:
    reason, evidence = _reason(render_input, agent), agent.verdict.evidence.strip()
    return f"{reason}: {showable(evidence)}" if evidence else reason


def _reason(render_input: RenderInput, agent: AgentState) -> str:
    """Return the reason, with the time at which a failure ends where it says that."""
    verdict = agent.verdict
    until = render_input.until(verdict.ending)
    was = f"was {verdict.health}, " if agent.lost else ""
    return showable(f"{was}{verdict.reason} {until}" if until else f"{was}{verdict.reason}")


def _health(agent: AgentState) -> str:
    return "UNKNOWN" if agent.lost else agent.verdict.health.upper()


def _health_style(agent: AgentState) -> str:
    return "faint" if agent.lost else agent.verdict.health.value


def _why_style(agent: AgentState) -> str:
    needs = agent.verdict.health in {Health.WAITING, Health.STUCK}
    return "text" if needs and not agent.lost else "faint"
