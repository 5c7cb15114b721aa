"""Finds the panes in which agents of known kinds run. No clock, no process: both are arguments.

The foreground command and the title tell at once. Where they do not, the processes of the pane are
to be read, and its screen is to be looked at: soon after the command or the title changed, and a few
times more, for an agent takes a moment to start.
"""

import math
from collections.abc import Iterable, Sequence

import attrs

from oma.detection.profile import Profile
from oma.detection.recognition import (
    Recognition,
    by_command,
    by_processes,
    by_report,
    by_screen,
    by_title,
)
from oma.detection.shells import is_interactive, is_shell
from oma.model.events import AgentFound
from oma.model.ids import PaneId

NESTED = "tmux"
"""The command of a pane that shows another tmux, or a session of the same."""

READ_AFTER_S = (0.0, 0.3, 1.0, 3.0)
"""When the processes of a pane are read after its command or title changed."""

LOOK_AFTER_S = (0.3, 1.0, 3.0)
"""When its screen is looked at."""

AGAIN_S = 0.1
OFTEN_S = 0.8
SELDOM_S = 60.0
"""How soon after it printed a pane is read and looked at again: for `FEW` times, up to `MANY`, and at last."""

FEW = 3
MANY = 30
QUIET_S = 5.0
"""Who printed nothing for so long begins anew."""

RESTLESS_S = 5.0
MOST_CHANGES = 5
"""A pane that changed so often, each time so soon after the time before, runs a loop of commands."""

READ_AGAIN_S = 2.0
"""How often it is looked whether an agent still runs below a shell, of which tmux tells nothing."""


@attrs.frozen
class PaneFacts:
    """What tmux says of a pane."""

    pane: PaneId
    pid: int
    command: str
    title: str
    app: str = ""
    """The program that reported from the pane; it may have ended since."""
    is_ours: bool = False
    """It shows an agent of another pane, or is the dashboard."""
    dead: bool = False


@attrs.define
class _Candidate:
    facts: PaneFacts
    found: Recognition | None = None
    stale_title: str | None = None
    """The title that another program left behind."""
    stale_app: str | None = None
    """What another program reported."""
    reads_s: list[float] = attrs.Factory(list)
    looks_s: list[float] = attrs.Factory(list)
    runs: bool = False
    """A shell in its foreground runs a program."""
    tries: int = 0
    """How often it was read in vain."""
    printed_s: float = -math.inf
    changes: int = 0
    """How often it changed in vain, each time soon after the time before."""
    changed_s: float = -math.inf


@attrs.define
class AgentFinder:
    """Owner of what is known of each pane.

    In every call `t` is in seconds and not less than in the call before.

    Args:
        profiles: The kinds that are known.
    """

    profiles: Sequence[Profile]
    _panes: dict[PaneId, _Candidate] = attrs.Factory(dict)

    def update(self, t: float, panes: Iterable[PaneFacts]) -> list[AgentFound]:
        """Take what tmux says of every pane; return the agents that this alone tells of."""
        there: dict[PaneId, _Candidate] = {}
        found: list[AgentFound] = []
        for facts in panes:
            known = self._panes.get(facts.pane)
            before = None if known is None else known.facts
            there[facts.pane] = candidate = known or _Candidate(facts)
            candidate.facts = facts
            if before != facts:
                found += self._changed(t, candidate, before)
        self._panes = there
        return found

    def seeks(self, pane: PaneId) -> bool:
        """Say whether an agent may yet be found in a pane."""
        known = self._panes.get(pane)
        return not (known is None or known.found or known.facts.is_ours or known.facts.dead)

    def to_read(self, t: float) -> dict[PaneId, int]:
        """Return the panes whose processes are to be read by `t`, each with its process."""
        return {
            pane: known.facts.pid
            for pane, known in self._panes.items()
            if known.reads_s and known.reads_s[0] <= t
        }

    def to_look(self, t: float) -> list[PaneId]:
        """Return the panes whose screens are to be looked at by `t`, each once."""
        found = []
        for pane, known in self._panes.items():
            if known.looks_s and known.looks_s[0] <= t:
                known.looks_s = [due for due in known.looks_s if due > t]
                found.append(pane)
        return found

    def due_s(self) -> float:
        """Return when there is something to read or to look at; infinite when never."""
        panes = self._panes.values()
        return min(
            (min(p.reads_s[:1] + p.looks_s[:1], default=math.inf) for p in panes), default=math.inf
        )

    def read(
        self, t: float, pane: PaneId, command_lines: Sequence[Sequence[str]]
    ) -> tuple[AgentFound | None, bool]:
        """Take the command lines in the foreground of a pane, parents first.

        Returns:
            The agent that they tell of, where that is news; and whether the one that ran there, below
            a shell, has ended.
        """
        known = self._panes.get(pane)
        if known is None:
            return None, False
        known.reads_s = [due for due in known.reads_s if due > t]
        told = by_processes(self.profiles, command_lines)
        self._note_program(t, known, command_lines)
        waits = is_shell(known.facts.command) and not known.runs
        known.tries = 0 if waits else known.tries + 1
        if told is None and known.runs:
            told = self._reported(known)
        if told is None and _is_hidden(known, known.facts.command):
            known.found = None
            return None, True
        if told is not None and is_shell(known.facts.command):
            known.reads_s = [t + READ_AGAIN_S]
        return self._tell(known, told), False

    def _note_program(
        self, t: float, known: _Candidate, command_lines: Sequence[Sequence[str]]
    ) -> None:
        """Have the screen looked at where a shell in the foreground runs a program."""
        before = known.runs
        known.runs = any(argv and not is_interactive(tuple(argv)) for argv in command_lines)
        if known.runs and not before and known.found is None and is_shell(known.facts.command):
            known.looks_s = [t + after for after in LOOK_AFTER_S]

    def looked(self, pane: PaneId, lines: Sequence[str]) -> AgentFound | None:
        """Take the rows of a pane's screen; return the agent that they tell of, where that is news."""
        known = self._panes.get(pane)
        # A shell that is back shows what the agent left behind.
        if known is None or known.found is not None or not _may_show(known):
            return None
        return self._tell(known, by_screen(self.profiles, lines))

    def printed(self, t: float, panes: Iterable[PaneId]) -> None:
        """Take that something was printed in panes: who goes on is read less and less often."""
        for pane in panes:
            known = self._panes.get(pane)
            if known is None or not self.seeks(pane):
                continue
            if t - known.printed_s > QUIET_S:
                known.tries = 0
            known.printed_s = t
            due_s = t + _pause_s(known.tries)
            known.reads_s = _with(known.reads_s, due_s)
            if _may_show(known):
                known.looks_s = _with(known.looks_s, due_s)

    def ended(self, pane: PaneId) -> None:
        """Take that the agent of a pane is listed no more: another one may be found there."""
        if (known := self._panes.get(pane)) is not None:
            known.found = None

    def clear(self) -> None:
        """Forget everything: the server is gone."""
        self._panes.clear()

    def _changed(self, t: float, known: _Candidate, before: PaneFacts | None) -> list[AgentFound]:
        facts = known.facts
        if facts.is_ours or facts.dead:
            known.found, known.reads_s, known.looks_s = None, [], []
            return []
        if before is not None:
            self._leave_behind(known, before)
        told = self._at_sight(known)
        if told is None:
            if known.found is None or before is None:
                self._plan(t, known)
            return []
        known.reads_s, known.looks_s = [], []
        found = self._tell(known, told)
        return [] if found is None else [found]

    def _leave_behind(self, known: _Candidate, before: PaneFacts) -> None:
        """Take that what was known of a pane may be of the program before."""
        facts = known.facts
        if before.app != facts.app:
            known.stale_app = None
        elif before.command != facts.command:
            known.stale_app = facts.app
        if before.title != facts.title:
            known.stale_title = None
        elif before.command != facts.command:
            known.stale_title = facts.title
        is_back = is_shell(facts.command) and before.command != facts.command
        if is_back and not _is_hidden(known, before.command):  # that one's end is read
            known.found = None

    def _at_sight(self, known: _Candidate) -> Recognition | None:
        facts = known.facts
        told = by_command(self.profiles, facts.command)
        if told is None and not is_shell(facts.command):
            told = self._reported(known)
        # A tmux in a pane has the title of what it shows, which may be a pane of this very server.
        hides_title = is_shell(facts.command) or facts.command == NESTED
        if told is not None or hides_title or facts.title == known.stale_title:
            return told
        return by_title(self.profiles, facts.title)

    def _reported(self, known: _Candidate) -> Recognition | None:
        app = known.facts.app
        return None if app in {"", known.stale_app} else by_report(self.profiles, app)

    def _plan(self, t: float, known: _Candidate) -> None:
        restless = t - known.changed_s < RESTLESS_S
        known.changes, known.changed_s = known.changes + 1 if restless else 0, t
        if known.changes > MOST_CHANGES:
            known.reads_s = known.reads_s or [t + SELDOM_S]
            return
        known.tries = 0
        known.reads_s = [t + after for after in READ_AFTER_S]
        known.looks_s = [t + after for after in LOOK_AFTER_S] if _may_show(known) else []

    def _tell(self, known: _Candidate, told: Recognition | None) -> AgentFound | None:
        before = known.found
        if told is None or (before is not None and before.profile == told.profile):
            return None
        known.found = told
        if not is_shell(known.facts.command):
            known.reads_s = []
        known.looks_s = []
        return AgentFound(
            known.facts.pane, told.profile, told.way, told.evidence, headless=told.headless
        )


def _pause_s(tries: int) -> float:
    if tries < FEW:
        return AGAIN_S
    return min(OFTEN_S * 2.0 ** min(max(0, tries - MANY), 9), SELDOM_S)


def _with(dues_s: list[float], due_s: float) -> list[float]:
    """Return what is due, and this as well unless something is before it."""
    return dues_s if dues_s and dues_s[0] <= due_s else [due_s, *dues_s]


def _is_hidden(known: _Candidate, command: str) -> bool:
    """Say whether an agent was found below a shell, of which tmux does not tell whether it goes on."""
    return (
        known.found is not None and known.found.way in {"process", "report"} and is_shell(command)
    )


def _may_show(known: _Candidate) -> bool:
    """Say whether a program runs in a pane that may paint an agent's screen."""
    facts = known.facts
    return not (facts.is_ours or facts.dead) and (known.runs or not is_shell(facts.command))
