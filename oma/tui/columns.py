"""The columns of the list: which there are, what stands in them, and which of them fit. Pure.

A column is as wide as its content needs. Where not all fit, those that matter least are left out; the
reason takes what the others leave, and has a width that no lesser column takes from it.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

import attrs

from oma.model.attention import URGENT
from oma.model.health import Health, grounds
from oma.model.state import AgentState
from oma.tui.cells import cells, pad, pad_left, shorten, shorten_middle, showable
from oma.tui.format import elapsed, percent, short_name, size
from oma.tui.render_input import RenderInput
from oma.tui.sparkline import MINUTES, sparkline


class Column(StrEnum):
    """What the list tells of an agent; the values are those of `[dashboard] columns`."""

    NEED = "need"
    NAME = "name"
    HEALTH = "health"
    SINCE = "since"
    WAITING = "waiting"
    IDLE = "idle"
    REASON = "reason"
    PROJECT = "project"
    BRANCH = "branch"
    TASK = "task"
    KIND = "kind"
    CPU = "cpu"
    MEMORY = "memory"
    ACTIVITY = "activity"


DEFAULT_COLUMNS = (
    Column.NEED,
    Column.NAME,
    Column.HEALTH,
    Column.SINCE,
    Column.REASON,
    Column.BRANCH,
    Column.KIND,
    Column.CPU,
    Column.MEMORY,
)


@attrs.frozen
class _Spec:
    """Of one column, in cells."""

    title: str
    columns: int
    """How wide it is, or at most is where it is measured."""
    reason: int
    """How much the reason keeps beside it; else it is left out."""
    is_measured: bool = False
    """It is as wide as the longest text in it."""
    to_the_right: bool = False


_SPECS = {
    Column.NEED: _Spec("", 2, 0),
    Column.NAME: _Spec("name", 72, 0, is_measured=True),
    Column.REASON: _Spec("reason", 80, 0),
    Column.SINCE: _Spec("since", 5, 14, to_the_right=True),
    Column.HEALTH: _Spec("health", 7, 14),
    Column.WAITING: _Spec("waits", 5, 18, to_the_right=True),
    Column.KIND: _Spec("kind", 10, 18, is_measured=True),
    Column.CPU: _Spec("cpu", 5, 18, to_the_right=True),
    Column.MEMORY: _Spec("mem", 5, 18, to_the_right=True),
    Column.BRANCH: _Spec("branch", 48, 28, is_measured=True),
    Column.IDLE: _Spec("idle", 5, 28, to_the_right=True),
    Column.PROJECT: _Spec("project", 48, 30, is_measured=True),
    Column.ACTIVITY: _Spec("activity", MINUTES, 30),
    Column.TASK: _Spec("task", 32, 32, is_measured=True),
}
"""Those that matter most first."""

GUTTER_COLUMNS = 1
"""Before the first column: what is selected."""

_GAP_COLUMNS = 2
_LEAST_NAME_COLUMNS = 6
_ENOUGH = {Column.NAME: 28, Column.BRANCH: 20, Column.PROJECT: 20}
"""So many cells of a longer text are enough while other columns need room."""
_LEAST_REASON_COLUMNS = 4
_REASON_COLUMNS = 36
"""Enough of the reason beside all other columns."""


@attrs.frozen
class Placed:
    """A column in the list."""

    column: Column
    columns: int
    """Its width in cells."""
    gap: int = attrs.field(init=False)
    """How many cells are free before it; the sign and the name are one."""

    @gap.default
    def _free(self) -> int:
        return {Column.NEED: 0, Column.NAME: 1}.get(self.column, _GAP_COLUMNS)

    @property
    def title(self) -> str:
        """The words above it, as wide as it is."""
        spec = _SPECS[self.column]
        return (pad_left if spec.to_the_right else pad)(spec.title, self.columns)


def is_measured(column: Column) -> bool:
    """Say whether a column is as wide as the longest `measured_text` in it."""
    return _SPECS[column].is_measured


def columns_needed(column: Column, longest: int) -> int:
    """Return how many cells a column needs whose longest text has so many; one that is empty needs none."""
    spec = _SPECS[column]
    if not spec.is_measured:
        return spec.columns
    return min(spec.columns, max(longest, cells(spec.title))) if longest else 0


def enough_columns(needed: Mapping[Column, int]) -> int:
    """Return the width of a list that has every column that the user wants, and enough of the reason."""
    return _total(_shortened(needed), _REASON_COLUMNS)


def most_columns(needed: Mapping[Column, int]) -> int:
    """Return the width of which a list has nothing more to show."""
    return _total(needed, _SPECS[Column.REASON].columns)


def _shortened(needed: Mapping[Column, int]) -> dict[Column, int]:
    return {column: min(width, _ENOUGH.get(column, width)) for column, width in needed.items()}


def _total(needed: Mapping[Column, int], reason: int) -> int:
    placed = [
        Placed(column, reason if column is Column.REASON else width)
        for column, width in needed.items()
        if width
    ]
    return GUTTER_COLUMNS + sum(each.gap + each.columns for each in placed)


def fitting(needed: Mapping[Column, int], room: int) -> tuple[Placed, ...]:
    """Return the columns that there is room for, in the user's order.

    More room never takes a column away. Where all are there, and enough of the reason, names and branches
    are as long as they are.

    Args:
        needed: Column → the cells that it needs.
        room: The width of the list.
    """
    kept: dict[Column, int] = {}
    left = room - GUTTER_COLUMNS
    short = _shortened(needed)
    for column, spec in _SPECS.items():
        width = short.get(column, 0)
        if column is Column.NAME:
            width = min(width, max(_LEAST_NAME_COLUMNS, room // 3))
        if not width or column is Column.REASON:
            continue
        reason = spec.reason + _GAP_COLUMNS if Column.REASON in needed and spec.reason else 0
        if Placed(column, width).gap + width + reason > left:
            if spec.reason:
                break
            width = left - 1
        if width > 0:
            kept[column] = width
            left -= Placed(column, width).gap + width
    left -= _lengthen(kept, needed, left)
    if Column.REASON in needed and left >= _GAP_COLUMNS + _LEAST_REASON_COLUMNS:
        kept[Column.REASON] = min(left - _GAP_COLUMNS, _SPECS[Column.REASON].columns)
    return tuple(Placed(column, kept[column]) for column in needed if column in kept)


def _lengthen(kept: dict[Column, int], needed: Mapping[Column, int], left: int) -> int:
    """Give longer texts of the left cells, where all columns are there; return how many."""
    others = needed.keys() - {Column.REASON}
    if not all(column in kept for column in others if needed[column]):
        return 0
    room = left - (_GAP_COLUMNS + _REASON_COLUMNS if Column.REASON in needed else 0)
    taken = 0
    for column in (column for column in _ENOUGH if column in kept):
        more = max(0, min(needed[column] - kept[column], room - taken))
        kept[column] += more
        taken += more
    return taken


def cell(shown: RenderInput, agent: AgentState, placed: Placed) -> str:
    """Return the text of an agent in a column, as wide as that is."""
    text = _text(shown, agent, placed.column)
    if placed.column is Column.NAME:
        text = shorten_middle(text, placed.columns)
    if placed.column is Column.BRANCH and cells(text) > placed.columns:
        text = _short_branch(agent, placed.columns)
    return (pad_left if _SPECS[placed.column].to_the_right else pad)(text, placed.columns)


def _text(shown: RenderInput, agent: AgentState, column: Column) -> str:  # noqa: C901  # a table
    verdict = agent.verdict
    match column:
        case Column.NEED:
            return shown.capabilities.sign(verdict.health)
        case Column.HEALTH:
            return "UNKNOWN" if agent.lost else verdict.health.upper()
        case Column.SINCE:
            return elapsed(shown.age_s(verdict.since_s))
        case Column.WAITING:
            waits = verdict.health in URGENT and not agent.lost
            return elapsed(shown.age_s(verdict.since_s)) if waits else ""
        case Column.IDLE:
            return elapsed(shown.age_s(agent.active_s))
        case Column.REASON:
            return _why(shown, agent)
        # What a process last took is no fact about one that has ended.
        case Column.CPU:
            return percent(None if verdict.health is Health.EXITED else agent.cpu_percent)
        case Column.MEMORY:
            return size(None if verdict.health is Health.EXITED else agent.rss_bytes)
        case Column.ACTIVITY:
            return sparkline(agent, shown.transitions, shown.now_s)
        case _:
            return showable(measured_text(agent, column, shown.prefix))


def measured_text(agent: AgentState, column: Column, prefix: str) -> str:
    """Return what stands in a column that is measured; hostile."""
    return _MEASURED.get(column, _kind)(agent, prefix)


def _kind(agent: AgentState, _prefix: str) -> str:
    return agent.command if agent.profile == "generic" else agent.profile


_MEASURED: Mapping[Column, Callable[[AgentState, str], str]] = {
    Column.NAME: lambda agent, prefix: short_name(agent.name, prefix),
    Column.PROJECT: lambda agent, _: agent.project.rstrip("/").rpartition("/")[2],
    Column.BRANCH: lambda agent, _: agent.branch_words,
    Column.TASK: lambda agent, _: agent.task.strip(),
}
"""What stands in those columns whose width is measured, but for the kind."""


def _short_branch(agent: AgentState, columns: int) -> str:
    """Return the branch and what is changed; where that is too long, the branch alone is cut."""
    changes = "" if agent.changes is None or not agent.branch else agent.changes.words
    room = max(1, columns - cells(changes) - 1)
    branch = shorten(showable(agent.branch), room if changes else columns)
    return f"{branch} {changes}" if changes else branch


def _why(shown: RenderInput, agent: AgentState) -> str:
    """Return reason and evidence, with the time at which a failure ends where it says that."""
    verdict = agent.verdict
    was = f"was {verdict.health}, " if agent.lost else ""
    told = grounds(verdict.reason, verdict.evidence, shown.until(verdict.ending))
    return showable(f"{was}{told}")
