"""The selected agent's own screen, in its own colours, cut to the room there is."""

from collections.abc import Sequence

from oma.model.health import Health, grounds
from oma.model.state import AgentState
from oma.screen.styled import StyledRow
from oma.tui.cells import Line, Size, Span, clip_line, line_cells, shorten, showable, span
from oma.tui.keymap import KeyAction
from oma.tui.render_input import RenderInput

WHOLE_SCREEN = 1000
"""As many rows as any screen is read to."""


def title(
    render_input: RenderInput, agent: AgentState | None, columns: int, facts: str = ""
) -> Line:
    """Return the rule above the preview, with what it shows."""
    if agent is None:
        return (Span("─" * columns, "rule"),)
    health = agent.verdict.health
    name = shorten(showable(render_input.short_name(agent.name)), max(1, columns - 8))
    left = [
        Span("── ", "rule"),
        Span(render_input.capabilities.sign(health), health.value),
        Span(f" {name} ", "strong"),
    ]
    room = columns - line_cells(left) - 4
    about = shorten(showable(facts or _facts(agent)), max(0, room))
    if about:
        left.append(Span(f"{about} ", "faint"))
    left.append(Span("─" * max(0, columns - line_cells(left)), "rule"))
    return clip_line(left, columns)


def preview(render_input: RenderInput, agent: AgentState | None, room: Size) -> list[Line]:
    """Return the bottom of the agent's screen, or why there is none; of one that ended, how that was."""
    if agent is None:
        return []
    ended = _ending(render_input, agent)[: max(0, room.rows - 1)]
    if render_input.styled_rows is None:
        why = "its tmux session is gone" if agent.gone else "its screen is being read"
        return [(), (span(f"  {why}", "faint"),), *ended][: room.rows]
    dead = agent.verdict.health is Health.EXITED
    shown = _without_gap(render_input.styled_rows) if dead else render_input.styled_rows
    lines = [
        clip_line((span(run.text, run.style) for run in row), room.columns)
        for row in shown[-max(1, room.rows - len(ended)) :]
    ]
    return [*lines, *(clip_line(line, room.columns) for line in ended)][: room.rows]


def _ending(render_input: RenderInput, agent: AgentState) -> list[Line]:
    """Return how and when an agent ended, and which key starts it again; nothing for one that lives."""
    verdict = agent.verdict
    if verdict.health is not Health.EXITED:
        return []
    when = render_input.wall_time.time_of_day(verdict.since_s)
    words = grounds(verdict.reason, verdict.evidence)
    line = [Span("  ended ", "exited"), span(f"{when}  {words}", "strong")]
    key = render_input.keymap.key_for(KeyAction.RESTART)
    if key and render_input.timeline is None:
        line += [Span(f"  {key}", "key"), Span(" starts it again", "faint")]
    return [(), tuple(line)]


def rows_to_read(agent: AgentState | None, rows: int) -> int:
    """Return how many rows of an agent's screen a preview of so many rows needs, from the bottom.

    tmux says on the last row of all that a program has ended, far below its last words.
    """
    ended = agent is not None and agent.verdict.health is Health.EXITED
    return WHOLE_SCREEN if ended and rows else rows


def _without_gap(styled_rows: Sequence[StyledRow]) -> Sequence[StyledRow]:
    """Return the rows down to the last with text, and above that one blank row where there are more."""
    end = _inked(styled_rows)
    if not end:
        return styled_rows
    above, last = styled_rows[: end - 1], styled_rows[end - 1]
    return (*above[: _inked(above) + 1], last)


def _inked(styled_rows: Sequence[StyledRow]) -> int:
    """Return how many rows there are down to the last with text."""
    end = len(styled_rows)
    while end and not any(run.text.strip() for run in styled_rows[end - 1]):
        end -= 1
    return end


def _facts(agent: AgentState) -> str:
    size = f"{agent.columns}x{agent.rows}" if agent.columns else ""
    parts = (agent.profile, agent.cwd, agent.branch_words, agent.title, size)
    return " · ".join(part for part in parts if part.strip())
