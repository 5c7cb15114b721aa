"""Days of agents as a table and for machines; everything that an agent wrote is made printable."""

from collections.abc import Sequence

from oma.model.health import Health
from oma.model.printable import printable
from oma.model.text_table import text_table
from oma.summary.agent_days import AgentDay
from oma.summary.lengths import length_text
from oma.summary.summary_shapes import AgentDayDocument

TIMED = (Health.OK, Health.IDLE, Health.WAITING, Health.STUCK)
"""The states whose time counts; that of an agent whose process ended does not."""

_HEAD = ("DAY", "AGENT", "PROFILE", *(health.upper() for health in TIMED), "ANSWERED")


def stats_lines(days: Sequence[AgentDay]) -> list[str]:
    """Return a table of days, and what failed how often."""
    if not days:
        return ["no agent was there"]
    return text_table(stats_cells(days))


def stats_cells(days: Sequence[AgentDay]) -> list[tuple[str, ...]]:
    """Return the cells of that table, its head first."""
    return [(*_HEAD, "HALF WITHIN", "LONGEST", "FAILURES"), *map(_row, days)]


def stats_document(days: Sequence[AgentDay]) -> list[AgentDayDocument]:
    """Return days for JSON; lengths are in seconds."""
    return [
        {
            "day": each.day.isoformat(),
            "agent": each.agent,
            "profile": each.kind,
            "project": each.project,
            "seconds": {health: round(each.seconds.get(health, 0.0), 3) for health in TIMED},
            "waits": each.waits,
            "answered": len(each.answers_s),
            "answered_in_s": {
                "median": each.median_answer_s,
                "longest": max(each.answers_s, default=None),
            },
            "failures": dict(each.failures),
        }
        for each in days
    ]


def _row(each: AgentDay) -> tuple[str, ...]:
    times = (each.seconds.get(health, 0.0) for health in TIMED)
    return (
        each.day.isoformat(),
        printable(each.agent),
        each.kind,
        *(length_text(seconds) if seconds else "-" for seconds in times),
        f"{len(each.answers_s)}/{each.waits}" if each.waits else "-",
        *_answers(each),
        ", ".join(f"{reason} {count}" for reason, count in each.failures.items()) or "-",
    )


def _answers(each: AgentDay) -> tuple[str, str]:
    if each.median_answer_s is None:
        return "-", "-"
    return length_text(each.median_answer_s), length_text(max(each.answers_s))
