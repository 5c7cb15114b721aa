"""Screens that no rule explained: what a profile of a known kind does not know, or not yet.

An agent of a known kind that shows something new is not called stuck, but its profile needs a rule. So
each such screen is kept once, masked, with how long it stood:

    screens = UnexplainedScreens(redaction)
    for record in records:
        screens.follow(fleet, record)
    found = screens.found(t)
"""

from collections.abc import Iterator

import attrs

from oma.detection.mask import mask
from oma.detection.redaction import Redaction
from oma.model.events import Record
from oma.model.health import ATTENTION
from oma.model.ids import AgentId
from oma.reducers.agent import AgentFold
from oma.reducers.fleet import Fleet

_UNEXPLAINED = frozenset({"unknown-screen", ATTENTION})

_Key = tuple[str, tuple[str, ...]]
"""The kind of agent and the masked lines: screens that differ but by numbers are one."""


@attrs.frozen
class UnexplainedScreen:
    """One screen, however often it was shown."""

    profile: str
    """The kind of agent."""
    columns: int
    """Of its pane."""
    rows: int
    """Of its pane."""
    title: str
    """Of the terminal; masked."""
    lines: tuple[str, ...]
    """Masked, from the first row with text to the last."""
    stood_s: float = 0.0
    """In seconds: since the agent was last active before, summed up over `times`."""
    times: int = 0
    """So often it was shown."""


@attrs.define
class UnexplainedScreens:
    """Owner of the screens that were found; each in the order of its first time.

    Args:
        redaction: Masks them.
    """

    _redaction: Redaction
    _screens: dict[_Key, UnexplainedScreen] = attrs.Factory(dict)
    _standing: dict[AgentId, tuple[_Key, float]] = attrs.Factory(dict)
    """What each agent shows, and since when."""
    _read: dict[AgentId, tuple[tuple[str, ...], _Key]] = attrs.Factory(dict)
    """The screen of each agent that was read last; one that did not change stays the same object."""

    def follow(self, fleet: Fleet, record: Record) -> None:
        """Fold the next record, and note what no rule explains before it and after it."""
        while (due_s := fleet.next_deadline_s) <= record.t:
            fleet.advance(due_s)
            self.look(fleet, due_s)
        fleet.advance(record.t)
        fleet.fold(record)
        self.look(fleet, record.t)

    def look(self, fleet: Fleet, t: float) -> None:
        """Note what no rule explains at `t`, up to which time was advanced."""
        shown = dict(self._shown(fleet))
        for agent, (key, since_s) in list(self._standing.items()):
            if agent not in shown or shown[agent][0] != key:
                self._end(agent, key, t - since_s)
        for agent, standing in shown.items():
            self._standing.setdefault(agent, standing)

    def found(self, t: float) -> tuple[UnexplainedScreen, ...]:
        """Return every screen so far, those that stand until `t` included."""
        for agent, (key, since_s) in list(self._standing.items()):
            self._end(agent, key, t - since_s)
        return tuple(self._screens.values())

    def _shown(self, fleet: Fleet) -> Iterator[tuple[AgentId, tuple[_Key, float]]]:
        for agent, verdict in fleet.verdicts():
            if agent.judge is None or verdict.reason not in _UNEXPLAINED:
                continue
            lines, key = self._read.get(agent.id, ((), None))
            if key is None or lines is not agent.shown.lines:
                key = self._note(agent.judge.profile.name, agent)
                self._read[agent.id] = agent.shown.lines, key
            if key[1]:
                yield agent.id, (key, agent.active_s)

    def _note(self, profile: str, agent: AgentFold) -> _Key:
        lines = self._redaction.lines(_with_text(agent.shown.lines))
        key = profile, tuple(map(mask, lines))
        if key not in self._screens and lines:
            title = self._redaction.line(agent.title)
            columns, rows = agent.shown.columns, len(agent.shown.lines)
            self._screens[key] = UnexplainedScreen(profile, columns, rows, title, lines)
        return key

    def _end(self, agent: AgentId, key: _Key, stood_s: float) -> None:
        del self._standing[agent]
        screen = self._screens[key]
        self._screens[key] = attrs.evolve(
            screen, stood_s=round(screen.stood_s + stood_s, 6), times=screen.times + 1
        )


def _with_text(lines: tuple[str, ...]) -> tuple[str, ...]:
    filled = [row for row, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else ()
