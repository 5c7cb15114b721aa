"""Which agents the service samples, and why: what it answers, and how `oma doctor` says it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from oma.cli.finding import Finding
from oma.model.printable import printable
from oma.model.state import FleetState
from oma.model.wall_time import WallTime

SAMPLED = "sampled"
"""The field of the answer."""

MOST_NAMED = 3


def sampled_document(state: FleetState, wall_time: WallTime) -> list[dict[str, str]]:
    """Return the agents that are sampled, ready for JSON."""
    return [
        {
            "agent": agent.name,
            "since": wall_time.moment(agent.sampled_s or 0.0).astimezone(UTC).isoformat(),
            "reason": agent.sampled,
        }
        for agent in state.agents
        if agent.sampled
    ]


def sampled_findings(answer: Mapping[str, object] | None) -> list[Finding]:
    """Return what is to be said of an answer of the service, a finding for each reason."""
    told = None if answer is None else answer.get(SAMPLED)
    by_reason: dict[str, list[str]] = {}
    for each in told if isinstance(told, list) else ():
        if isinstance(each, dict):
            since = datetime.fromisoformat(str(each.get("since"))).astimezone()
            name = f"{printable(str(each.get('agent')))} since {since:%H:%M:%S}"
            by_reason.setdefault(printable(str(each.get("reason"))), []).append(name)
    return [
        Finding("sampling", ok=True, text=f"{len(names)} sampled, {reason}: {_some(names)}")
        for reason, names in by_reason.items()
    ]


def _some(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
