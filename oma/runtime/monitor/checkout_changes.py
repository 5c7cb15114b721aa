"""Tells the log what is changed in the checkouts of agents that rest; nothing is read while one works.

One `git status` for each rest of an agent, one at a time, and one where its branch changes meanwhile.
"""

from collections.abc import Awaitable, Callable

import attrs
import trio

from oma.errors import OmaError
from oma.git.working_tree_status import parse_status
from oma.model.checkout import Changes
from oma.model.health import Health
from oma.model.ids import AgentId, PaneId
from oma.model.state import AgentState
from oma.runtime.git.git_process import read_git
from oma.store.store import Store

SETTLE_S = 0.5
"""How long an agent rests before git is run: it may go on at once."""

READ_AGAIN_S = 0.5
"""The least time between two passes over the agents."""

_AT_WORK = frozenset({Health.OK})

_STATUS = (
    *("status", "--porcelain=v2", "--branch", "-z"),
    *("--untracked-files=normal", "--ignore-submodules=dirty"),
)

_Rest = tuple[float, str, str]


async def read_changes(directory: str) -> Changes | None:
    """Return what is changed in a directory; `None` where git does not tell."""
    try:
        status = parse_status(await read_git(directory, *_STATUS))
    except OmaError:
        return None  # no git, no repository any more, or one that git does not trust
    return Changes(status.dirty, len(status.conflicts), status.ahead, status.behind)


@attrs.define
class ChangesReader:
    """Reads each rest of each agent once.

    Args:
        read: Returns what is changed in a directory.
    """

    read: Callable[[str], Awaitable[Changes | None]] = read_changes
    _seen: dict[AgentId, _Rest] = attrs.Factory(dict)

    async def read_into(self, store: Store) -> None:
        """Log what is new of the checkouts of all agents that rest now and were not read since."""
        agents = {agent.id: agent for agent in store.state.agents}
        self._seen = {each: rest for each, rest in self._seen.items() if each in agents}
        for agent in agents.values():
            rest = _rest(agent)
            if rest is None:
                self._seen.pop(agent.id, None)
            elif agent.pane is not None and self._seen.get(agent.id) != rest:
                await self._read_one(store, agent.id, agent.pane, rest)

    async def _read_one(self, store: Store, agent_id: AgentId, pane: PaneId, rest: _Rest) -> None:
        cwd, known = store.checkouts.get(pane, ("", None))
        if known is None or not known.project or not cwd:
            return
        changes = await self.read(cwd)
        agent = store.state.agent(agent_id)
        # What was read while it went on, or went elsewhere, is of no moment that is told.
        if agent is None or _rest(agent) != rest:
            return
        self._seen[agent_id] = rest
        there = store.checkouts.get(pane, ("", None))[1]
        if there is not None and there.with_changes(changes) != there:
            store.append(there.with_changes(changes))


def _rest(agent: AgentState) -> _Rest | None:
    """Return what is the same for one rest of an agent; `None` while it works."""
    if agent.gone or agent.verdict.health in _AT_WORK:
        return None
    return agent.verdict.since_s, agent.cwd, agent.branch


async def follow_changes(store: Store) -> None:
    """Log changes of checkouts whenever agents come to rest. For ever."""
    reader, seq, facts_seq = ChangesReader(), 0, 0
    while True:
        await store.wait_newer(seq)
        await trio.sleep(SETTLE_S)
        seq = store.seq
        if store.facts_seq > facts_seq:  # nobody comes to rest by what is printed alone
            facts_seq = store.facts_seq
            await reader.read_into(store)
        await trio.sleep(READ_AGAIN_S)
