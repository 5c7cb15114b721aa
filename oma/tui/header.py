"""The first line: how many agents, what they cost, and how many are in which health."""

from collections.abc import Sequence

from oma.model.attention import ORDER
from oma.model.health import Health
from oma.tui.agent_totals import AgentTotals
from oma.tui.cells import (
    Line,
    Span,
    cells,
    clip_line,
    line_cells,
    shorten,
    showable,
    span,
    spread_line,
)
from oma.tui.format import percent, size
from oma.tui.listing import Listing
from oma.tui.render_input import RenderInput
from oma.tui.timeline import OWN_RULES

_HOSTS_NAMED = 3
"""As many hosts that are not reached are named."""


def header(
    render_input: RenderInput, listing: Listing, columns: int, filter_text: str = "", how: str = ""
) -> Line:
    """Return the line; a filter in force is named in it, and `how` else the list is looked at."""
    state, totals = render_input.state, listing.totals
    of_them = f", {totals.sampled} sampled" if totals.sampled else ""
    left: list[Span] = [
        Span(" oma ", "brand"),
        Span(f" Agents: {totals.healths[Health.OK]}/{len(state.agents)} active{of_them}"),
    ]
    if state.unreached:
        left.append(span(f"  not reached: {_few(state.unreached)}", "stuck"))
    right = _counts(render_input, totals)
    if render_input.timeline is not None:
        left += _judged_by(render_input.timeline.rules, columns - line_cells((*left, *right)))
    elif state.agents:
        left += _cost(totals, columns - line_cells((*left, *right)) - 1)
    if not state.seq:
        words = "looking for agents " if render_input.timeline is None else "nothing happened yet "
        right = (Span(words, "faint"),)
    elif not state.has_server:
        right = (Span("no tmux server ", "stuck"),)
    elif filter_text:
        left.append(
            span(f"  filter: {filter_text} ({len(listing.agents)} of {len(state.agents)})", "key")
        )
    left += [Span(f"  {how}", "key")] * bool(how)
    while line_cells(right) > columns - line_cells(left) - 1 and len(right) > 2:
        right = right[:-2]  # the healths that need nobody are left out first
    return clip_line(spread_line(left, right, columns), columns)


def _cost(totals: AgentTotals, room: int) -> list[Span]:
    """Return as much of the costs as there is room for: how many are in need tells more."""
    memory = f"{size(totals.memory_bytes)}B" if totals.memory_bytes else "-"
    processor = f"  CPU: {percent(totals.cpu_percent)}"
    texts = (f"{processor}  Mem: {memory}", processor)
    return next(([Span(text)] for text in texts if len(text) <= room), [])


def _few(hosts: Sequence[str]) -> str:
    """Return some of the names, and how many more there are."""
    more = len(hosts) - _HOSTS_NAMED
    return ", ".join(hosts[:_HOSTS_NAMED]) + (f" and {more} more" if more > 0 else "")


def _judged_by(rules: str, room: int) -> list[Span]:
    words = showable(rules)
    texts = [f"  judged by: {words}", f"  rules: {words}"]
    if rules == OWN_RULES:
        texts.append("  its own rules")
    fitting = next((text for text in texts if cells(text) < room), texts[1])
    if rules == OWN_RULES and cells(fitting) >= room:
        return []
    return [Span(shorten(fitting, room - 1), "key")]


def _counts(render_input: RenderInput, totals: AgentTotals) -> Line:
    spans: list[Span] = []
    if totals.lost:
        spans += [Span(f"? {totals.lost}", "faint"), Span("  ", "faint")]
    gap = " " if render_input.capabilities.emoji and not render_input.capabilities.ascii else ""
    for health in ORDER:
        if totals.healths[health]:
            spans += [
                Span(render_input.capabilities.sign(health), health.value),
                Span(f"{gap}{totals.healths[health]}  ", health.value),
            ]
    return tuple(spans)
