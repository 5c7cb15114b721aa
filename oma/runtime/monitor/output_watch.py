"""Says of panes in which no agent is known that they printed something, within a moment.

tmux tells such a thing once a second, and in whole seconds; a system that tells who writes to a terminal
does so at once. Where there is none, tmux alone tells.
"""

import math
from collections.abc import Callable, Iterable

import attrs
import trio

from oma.detection.shells import is_shell
from oma.model.ids import PaneId
from oma.runtime.client.terminal_writes import TerminalWrites
from oma.runtime.linux_process import has_terminal
from oma.tmux.queries.panes import PaneRow

SOON_S = 0.05
"""So long after it wrote, what a shell started is there, and most of what a program paints."""

PAUSE_S = 0.4
OFTEN_S = 0.8
SELDOM_S = 3.2
"""The least time from one question to the next on a pane: for `FEW` in a row, up to `MANY`, and of one that goes on
printing and is no shell, in which a user types and starts the next program at any time."""

FEW = 3
MANY = 30


@attrs.define
class _Pane:
    row: PaneRow
    is_here: bool
    """Its terminal is one of this system; that of a server in a container may be another's, of the same name."""
    due_s: float = math.inf
    told_s: float = -math.inf
    pause_s: float = PAUSE_S
    in_a_row: int = 0
    is_armed: bool = False

    def wrote(self, t: float) -> None:
        """Take that something was written to its terminal."""
        if t - self.told_s > 2 * self.pause_s:
            self.in_a_row = 0
        self.in_a_row += 1
        if self.in_a_row <= FEW:
            self.pause_s = PAUSE_S
        elif self.in_a_row <= MANY or is_shell(self.row.command):
            self.pause_s = OFTEN_S
        else:
            self.pause_s = SELDOM_S
        next_s = self.told_s + PAUSE_S
        if self.pause_s > PAUSE_S:  # those that go on printing are asked for together
            next_s = max(next_s, (self.told_s + SOON_S) // OFTEN_S * OFTEN_S + self.pause_s)
        self.due_s = max(t + SOON_S, next_s)


@attrs.define
class OutputWatch:
    """Owner of what is known of the terminals of panes.

    Args:
        printed: Called with panes that printed; to be asked for what runs in them.
    """

    printed: Callable[[list[PaneRow]], None]
    _writes: TerminalWrites | None = None
    _panes: dict[PaneId, _Pane] = attrs.Factory(dict)
    _by_path: dict[str, PaneId] = attrs.Factory(dict)
    told: frozenset[PaneId] = attrs.field(default=frozenset(), init=False)
    """Panes of which it is told when something is written to their terminals."""

    def watch(self, rows: Iterable[PaneRow]) -> None:
        """Watch the terminals of these panes, and of no others. Never blocks."""
        before, self._panes = self._panes, {}
        for row in rows:
            known = before.get(row.pane)
            if known is not None and known.row.terminal == row.terminal:
                known.row = row
            else:
                known = _Pane(row, has_terminal(row.pid, row.terminal))
                self._arm(known)
            self._panes[row.pane] = known
        self._by_path = {pane.row.terminal: name for name, pane in self._panes.items()}
        told = frozenset(name for name, pane in self._panes.items() if pane.is_armed)
        self.told = self.told if told == self.told else told

    async def run(self, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Tell of panes as they print; returns where the system tells nothing, else runs until cancelled."""
        task_status.started()
        try:
            self._writes = TerminalWrites()
        except OSError:
            return
        try:
            for pane in self._panes.values():
                self._arm(pane)
            while True:
                await self._wait(self._writes)
        finally:
            self._writes.close()
            self._writes = None

    async def _wait(self, writes: TerminalWrites) -> None:
        with trio.move_on_at(min((pane.due_s for pane in self._panes.values()), default=math.inf)):
            await trio.lowlevel.wait_readable(writes.fd)
        now_s = trio.current_time()
        for path in writes.take():
            pane = self._panes.get(self._by_path.get(path, PaneId("")))
            if pane is not None:
                pane.wrote(now_s)
        due = [pane for pane in self._panes.values() if pane.due_s <= now_s]
        for pane in due:
            pane.due_s, pane.told_s = math.inf, now_s
            self._arm(pane)  # before it is asked for: what it writes then is told of next
        if due:
            self.printed([pane.row for pane in due])

    def _arm(self, pane: _Pane) -> None:
        if self._writes is not None and pane.is_here:
            pane.is_armed = self._writes.arm(pane.row.terminal)
