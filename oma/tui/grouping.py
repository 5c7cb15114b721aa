"""What agents can be grouped by, and which part of a list is seen. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

import attrs

from oma.model.health import Health
from oma.model.state import AgentState


class Grouping(StrEnum):
    """What agents are grouped by; the values are those of `[dashboard] group`."""

    NONE = "none"
    GROUP = "group"
    PROJECT = "project"
    SESSION = "session"
    HOST = "host"

    def following(self, agents: Iterable[AgentState]) -> "Grouping":
        """Return the next one that tells agents apart, round the end."""
        told = tuple(agents)
        idle = {
            Grouping.GROUP: not any(agent.group for agent in told),
            Grouping.HOST: not any(agent.host for agent in told),
        }
        order = [each for each in Grouping if not idle.get(each)]
        if self not in order:
            return Grouping.NONE
        return order[(order.index(self) + 1) % len(order)]

    @property
    def words(self) -> str:
        """What a user is told."""
        return "not grouped" if self is Grouping.NONE else f"grouped by {self.value}"


@attrs.frozen
class Heading:
    """The row above the agents of a group."""

    text: str
    """The group, the end of the project's path that no other one shares, or the session's name; hostile."""
    agents: int
    worst: Health


Entry = Heading | AgentState

NO_DIRECTORY = "no directory"
NO_GROUP = "no group"
THIS_MACHINE = "this machine"

_MOST_PARTS = 6
"""Of a path in a heading; where more are needed, it is the whole path."""


def group_of(agent: AgentState, grouping: Grouping) -> str:
    """Return what those of its group share."""
    match grouping:
        case Grouping.PROJECT:
            return agent.project.rstrip("/") or agent.project
        case Grouping.GROUP:
            return agent.group
        case Grouping.HOST:
            return agent.host
        case Grouping.SESSION:
            return agent.session
        case _:
            return ""


def heading_text(agent: AgentState, grouping: Grouping) -> str:
    """Return what stands above an agent that is the first of a group, but for projects."""
    if grouping is Grouping.GROUP:
        return agent.group or NO_GROUP
    if grouping is Grouping.HOST:
        return agent.host or THIS_MACHINE
    return agent.session_name or agent.session


def scrolled(first: int, entries: Sequence[Entry], index: int, room: int) -> int:
    """Return the first entry to show, so that the agent at `index` of all is seen and no room stays empty.

    Where agents are grouped, one entry above it is seen as well: its heading may stand there (`seen_from`).
    """
    at = _entry_of(entries, index)
    if room < 1:
        return at
    is_grouped = bool(entries) and isinstance(entries[0], Heading)
    top = at - 1 if room > 1 and at and is_grouped else at
    first = min(first, top, max(0, len(entries) - room))
    return max(first, at - room + 1)


def _entry_of(entries: Sequence[Entry], index: int) -> int:
    """Return where among the entries the agent at `index` of all is."""
    at, left = 0, index
    while at < len(entries) and isinstance(heading := entries[at], Heading):
        if left < heading.agents:
            return at + 1 + left
        at, left = at + 1 + heading.agents, left - heading.agents
    return at + left


def seen_from(first: int, entries: Sequence[Entry], room: int) -> Sequence[Entry]:
    """Return the entries that are shown, from the first on.

    In the place of the first agent stands the heading of its group, unless no other of the group follows.
    """
    shown = entries[first : first + room]
    is_grouped = bool(entries) and isinstance(entries[0], Heading)
    if not is_grouped or min(room, len(shown)) < 2:
        return shown
    if any(isinstance(each, Heading) for each in shown[:2]):
        return shown
    above = (entries[at] for at in range(first - 1, -1, -1))
    return next(each for each in above if isinstance(each, Heading)), *shown[1:]


def agent_at(entries: Sequence[Entry], row: int) -> AgentState | None:
    """Return the agent that is drawn at a row of the list; `None` at a heading, and below all."""
    entry = entries[row] if row < len(entries) else None
    return entry if isinstance(entry, AgentState) else None


def project_texts(paths: Iterable[str]) -> dict[str, str]:
    """Return the shortest end of each path that no other one shares."""
    parts = {path: path.strip("/").split("/") for path in paths}
    texts = {path: path or NO_DIRECTORY for path in parts if not path.strip("/")}
    for length in range(1, _MOST_PARTS + 1):
        ends = {path: "/".join(each[-length:]) for path, each in parts.items()}
        counted = Counter(ends.values())
        texts |= {
            path: end for path, end in ends.items() if counted[end] == 1 and path not in texts
        }
        if len(texts) == len(parts):
            break
    return {path: texts.get(path, path) for path in parts}
