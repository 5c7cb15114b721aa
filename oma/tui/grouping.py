"""The list as it is shown: agents, or agents below the headings of their groups. Pure.

A group stands where its first agent would stand alone: those that need a user first, and of them who
waits longest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

import attrs

from oma.model.attention import by_attention
from oma.model.health import Health
from oma.model.ids import AgentId
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


def grouped(agents: Sequence[AgentState], grouping: Grouping) -> tuple[Entry, ...]:
    """Return the agents below headings; where they are not grouped, as they are.

    Args:
        agents: In their order, which is that of the groups as well.
        grouping: What by.
    """
    if grouping is Grouping.NONE:
        return tuple(agents)
    groups: dict[str, list[AgentState]] = {}
    for agent in agents:
        groups.setdefault(_key(agent, grouping), []).append(agent)
    texts = _projects(groups) if grouping is Grouping.PROJECT else {}
    entries: list[Entry] = []
    for key, members in groups.items():
        text = texts.get(key) or _text(members[0], grouping)
        entries += [Heading(text, len(members), by_attention(members)[0].verdict.health), *members]
    return tuple(entries)


def _key(agent: AgentState, grouping: Grouping) -> str:
    match grouping:
        case Grouping.PROJECT:
            return agent.project.rstrip("/") or agent.project
        case Grouping.GROUP:
            return agent.group
        case Grouping.HOST:
            return agent.host
        case _:
            return agent.session


def _text(agent: AgentState, grouping: Grouping) -> str:
    if grouping is Grouping.GROUP:
        return agent.group or NO_GROUP
    if grouping is Grouping.HOST:
        return agent.host or THIS_MACHINE
    return agent.session_name or agent.session


def agents_of(entries: Iterable[Entry]) -> tuple[AgentState, ...]:
    """Return the agents among the entries, in their order."""
    return tuple(entry for entry in entries if isinstance(entry, AgentState))


def scrolled(first: int, entries: Sequence[Entry], selected: AgentId | None, room: int) -> int:
    """Return the first entry to show, so that the selected agent is seen and no room stays empty.

    Where agents are grouped, one entry above it is seen as well: its heading may stand there (`seen_from`).
    """
    at = next(
        (n for n, e in enumerate(entries) if isinstance(e, AgentState) and e.id == selected), 0
    )
    if room < 1:
        return at
    is_grouped = bool(entries) and isinstance(entries[0], Heading)
    top = at - 1 if room > 1 and at and is_grouped else at
    first = min(first, top, max(0, len(entries) - room))
    return max(first, at - room + 1)


def seen_from(first: int, entries: Sequence[Entry], room: int) -> Sequence[Entry]:
    """Return the entries from the first that is shown on.

    In the place of the first agent stands the heading of its group, unless no other of the group follows.
    """
    shown = entries[first:]
    if room < 2 or len(shown) < 2 or any(isinstance(each, Heading) for each in shown[:2]):
        return shown
    heading = next((e for e in reversed(entries[:first]) if isinstance(e, Heading)), None)
    return shown if heading is None else (heading, *shown[1:])


def agent_at(entries: Sequence[Entry], row: int) -> AgentState | None:
    """Return the agent that is drawn at a row of the list; `None` at a heading, and below all."""
    entry = entries[row] if row < len(entries) else None
    return entry if isinstance(entry, AgentState) else None


def _projects(paths: Iterable[str]) -> dict[str, str]:
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
