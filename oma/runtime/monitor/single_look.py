"""One look at the agents of a server, by processes of tmux that print and end: none of our clients is attached.

It blocks. Trio and all that needs it is not imported: that takes longer than the look.
"""

import math
import os
from collections.abc import Callable, Sequence

import attrs

from oma.detection.agent_finder import NESTED, AgentFinder
from oma.detection.profile import Profile
from oma.errors import OmaError, ProtocolError
from oma.model.events import AgentFound, PaneCaptured, PaneSeen, ServerConnected
from oma.model.ids import PaneId
from oma.runtime.client.tmux_process import PATIENCE_S, answers, start_tmux
from oma.runtime.clock import epoch_s
from oma.runtime.monitor.checkouts import CheckoutReader
from oma.runtime.monitor.pane_candidates import facts_of
from oma.runtime.monitor.processes import ProcessTable
from oma.runtime.monitor.status_files import StatusFileReader
from oma.runtime.process_tree import foreground_lines, read_children
from oma.screen.emulator import Screen
from oma.store.store import Store
from oma.tmux.address import TMUX, ServerAddress
from oma.tmux.capabilities import check, parse_version
from oma.tmux.capture_batch import MOST_PANES, ask_screens, screens_told
from oma.tmux.commands.render import to_argv
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.queries.panes import LIST_PANES, PaneRow, parse_panes
from oma.tmux.queries.session_rows import LIST_SESSIONS, parse_sessions

_MOST_REFUSALS = 8
"""So many panes may end while they are captured, one after the other; else it is the server that has."""


def take_single_look(
    server: ServerAddress,
    watched: Callable[[str], bool],
    finds: Callable[[PaneRow], bool],
    profiles: Sequence[Profile],
    store: Store,
    patience_s: float = PATIENCE_S,
) -> None:
    """Log what there is now.

    Args:
        server: Which one.
        watched: Whether a session of a name is an agent.
        finds: Whether an agent that runs in a pane is listed.
        profiles: The kinds of agents that are found.
        store: Gets the facts, the screens last: a screen means what it means to an agent of its kind.
        patience_s: How long tmux may take for an answer, and the file system for what it has.

    Raises:
        OmaError: tmux is not there, is too old, does not answer, or not as tmux does.
    """
    look = _Look(server, watched, finds, store, AgentFinder(profiles), patience_s)
    children = look.ask_tmux()
    for screen in look.screens:
        look.recognise(screen)
    ProcessTable(children=children).sample_now(store)
    CheckoutReader().read_within(patience_s, store)  # a file system may hang
    StatusFileReader().read_within(patience_s, store)
    for screen in look.screens:
        store.append(screen)


@attrs.define
class _Look:
    """The look in progress."""

    server: ServerAddress
    watched: Callable[[str], bool]
    finds: Callable[[PaneRow], bool]
    store: Store
    finder: AgentFinder
    patience_s: float
    inventory: PaneInventory = attrs.Factory(PaneInventory)
    screens: list[PaneCaptured] = attrs.Factory(list)

    def ask_tmux(self) -> dict[int, list[int]]:
        """Log what there is but for the screens, which are kept; return who is whose child process."""
        lists = (to_argv(LIST_SESSIONS, self.server), to_argv(LIST_PANES, self.server))
        asked = [start_tmux(argv) for argv in ((TMUX, "-V"), *lists)]
        children = read_children()  # tmux is at work now, and so are we
        told, there, listed = answers(asked, self.patience_s)
        version = told.text.strip().removeprefix("tmux ")
        check(parse_version(version))
        if there.status != 0:
            return children
        found = parse_sessions(there.text.split("\n"))
        self.store.append(ServerConnected(found[0].server_version if found else version))
        rows = parse_panes(listed.text.split("\n")) if listed.status == 0 else ()
        candidates = self._find(rows, children)
        events = self.inventory.update(rows, self.watched, int(epoch_s()))
        for event in events:
            self.store.append(event)
        seen = (event.pane for event in events if isinstance(event, PaneSeen))
        self._capture(tuple(dict.fromkeys((*seen, *candidates))))
        return children

    def recognise(self, screen: PaneCaptured) -> None:
        """Log the agent that a screen tells of, where nothing else did."""
        told = self.finder.looked(screen.pane, Screen.seeded(screen).lines())
        if told is not None:
            self._log(told)

    def _find(self, rows: Sequence[PaneRow], children: dict[int, list[int]]) -> list[PaneId]:
        """Log the agents that are found; return the panes whose screens may tell of more."""
        facts = {row.pane: facts_of(row) for row in rows if self.finds(row)}
        for found in self.finder.update(0.0, facts.values()):
            self._log(found)
        pids = self.finder.to_read(0.0)
        lines = foreground_lines(pids, children) if pids else {}
        for pane in pids:
            told, _ = self.finder.read(0.0, pane, lines[pane])
            if told is not None:
                self._log(told)
        nested = {row.pane for row in rows if row.command == NESTED}
        return [pane for pane in self.finder.to_look(math.inf) if pane not in nested]

    def _capture(self, panes: Sequence[PaneId]) -> None:
        mark, refusals = os.urandom(16).hex(), 0
        ended = {pane for pane in panes if self.inventory.has_ended(pane)}
        while panes:
            batch = panes[:MOST_PANES]
            asked = to_argv(ask_screens(batch, mark, ended), self.server)
            told = start_tmux(asked).answer(self.patience_s)
            found = screens_told(batch, mark, told.output)
            self.screens += found
            if told.status == 0:
                if len(found) < len(batch):
                    raise ProtocolError(f"tmux showed {len(found)} of {len(batch)} panes")
                panes = panes[len(batch) :]
                continue
            panes = panes[len(found) + 1 :]  # the next one is gone
            refusals += 1
            if refusals == _MOST_REFUSALS:
                raise OmaError(f"tmux does not answer: {told.complaint}")

    def _log(self, found: AgentFound) -> None:
        self.store.append(found)
        for event in self.inventory.find(found.pane):
            self.store.append(event)
