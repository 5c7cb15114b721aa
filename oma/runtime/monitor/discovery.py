"""Finds agents in the panes of a server: reads processes and looks at screens where that is due."""

import math
from collections.abc import Callable, Iterable, Sequence

import attrs
import trio

from oma.detection.agent_finder import NESTED, AgentFinder
from oma.model.events import AgentFound
from oma.model.ids import PaneId, WindowId
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.monitor.output_watch import OutputWatch
from oma.runtime.monitor.pane_candidates import facts_of, is_view
from oma.tmux.queries.display import LIST_VIEWS, parse_views
from oma.tmux.queries.panes import PaneRow, pane_terminal

Told = Callable[[AgentFound], None]


@attrs.define
class Discovery:
    """The search on one server.

    Args:
        tmux: To the server.
        finder: Decides.
        wanted: Whether an agent in this pane would be listed.
        ask: Called with windows that are to be listed, for something was printed in them.
        look: Called with panes whose screens are to be given to `looked`.
        found: Called with each agent that is found.
        ended: Called with the pane whose agent ended below a shell that stays.
        begun: Set when the processes of all panes were read once, as far as they tell of agents.
    """

    tmux: TmuxClient
    finder: AgentFinder
    wanted: Callable[[PaneRow], bool]
    ask: Callable[[set[WindowId]], None]
    look: Callable[[Sequence[PaneId]], None]
    found: Told
    ended: Callable[[PaneId], None]
    begun: trio.Event = attrs.Factory(trio.Event)
    _rows: tuple[PaneRow, ...] = ()
    _views: set[int] = attrs.Factory(set)
    """Processes of panes that were seen to be views of ours."""
    outputs: OutputWatch = attrs.field(init=False)
    _due_s: float = math.inf
    _changed: trio.Event = attrs.Factory(trio.Event)

    def __attrs_post_init__(self) -> None:
        self.outputs = OutputWatch(self._wrote)

    def take(self, rows: tuple[PaneRow, ...]) -> None:
        """Take what tmux says of every pane. Never blocks."""
        if rows is self._rows:
            return
        self._rows = rows
        self._update()
        if self.finder.due_s() < self._due_s:
            self._changed.set()
        self._begin()

    def _begin(self) -> None:
        if self.finder.due_s() > trio.current_time():
            self.begun.set()

    def _update(self) -> None:
        self._views &= {row.pid for row in self._rows}
        facts = {row.pane: facts_of(row, self._views) for row in self._rows if self.wanted(row)}
        for found in self.finder.update(trio.current_time(), facts.values()):
            self.found(found)
        self.outputs.watch(row for row in self._rows if self.finder.seeks(row.pane))

    def looked(self, pane: PaneId, lines: Sequence[str]) -> None:
        """Take what a pane shows."""
        if (found := self.finder.looked(pane, lines)) is not None:
            self.found(found)

    def printed(self, panes: Iterable[PaneId]) -> None:
        """Take that something was printed in the windows of panes, as tmux tells."""
        self._printed(pane for pane in panes if pane not in self.outputs.told)

    def _printed(self, panes: Iterable[PaneId]) -> None:
        self.finder.printed(trio.current_time(), panes)
        if self.finder.due_s() < self._due_s:
            self._changed.set()

    def _wrote(self, rows: Sequence[PaneRow]) -> None:
        self.ask({row.window for row in rows})
        self._printed([row.pane for row in rows])

    async def run(self) -> None:
        """Read and look whenever that is due; runs until cancelled."""
        while True:
            self._changed, self._due_s = trio.Event(), self.finder.due_s()
            with trio.move_on_at(self._due_s):
                await self._changed.wait()
            await self.search()
            self._begin()

    async def search(self, until_s: float = -math.inf) -> None:
        """Read and look at what is due by now, or by `until_s`."""
        now_s = max(trio.current_time(), until_s)
        pids = self.finder.to_read(now_s)
        if pids:
            # psutil: not needed to begin
            from oma.runtime.process_tree import foreground_lines

            lines = await trio.to_thread.run_sync(foreground_lines, pids)
            views = {pid for pane, pid in pids.items() if any(map(is_view, lines[pane]))}
            if views - self._views:
                self._views |= views
                self._update()
            for pane in pids:
                found, has_ended = self.finder.read(now_s, pane, lines[pane])
                if found is not None:
                    self.found(found)
                if has_ended:
                    self.ended(pane)
        self.look([pane for pane in self.finder.to_look(now_s) if not await self._is_view(pane)])

    async def _is_view(self, pane: PaneId) -> bool:
        """Say whether a pane shows a session of this very server, which is found where it is."""
        if not any(row.pane == pane and row.command == NESTED for row in self._rows):
            return False
        views = await self.tmux.ask(LIST_VIEWS, math.inf)
        here = await self.tmux.ask(pane_terminal(pane), math.inf)
        terminals = {view.terminal for view in parse_views(views.output.splitlines())}
        return here.output.strip() in terminals
