"""Keeps the agents of a tmux server in a file, so that they can be started again when it is gone.

Only agents in sessions that were made for them: the user's own sessions are the user's. One that ended a moment ago
stays: a machine that shuts down ends agents before it ends us.
"""

import math
from collections.abc import Mapping

import attrs
import trio

from oma.detection.profile import Profile
from oma.errors import OmaError
from oma.model.health import Health
from oma.model.ids import AgentId, PaneId
from oma.model.kept_fleet import KeptAgent, KeptFleet
from oma.model.state import AgentState
from oma.runtime.agents.agent_directory import start_place
from oma.runtime.agents.conversations import conversation_of, remember_conversation
from oma.runtime.agents.fleet_file import FleetFile
from oma.runtime.agents.respawn import start_line
from oma.runtime.agents.server_run import server_run
from oma.runtime.client.pane_list import list_panes
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.queries.panes import PaneRow

KEEP_EVERY_S = 10.0
"""The least time between two looks: each takes three processes of tmux, and one for each agent that is new or tells no conversation."""

FIRST_S = 3.0
"""When the first look is: by then a watch knows the agents that there are."""

ENDED_S = 60.0
"""How long an agent that has ended is kept."""


def _essence(agent: AgentState) -> tuple[object, ...]:
    """Return what is another one when the agent is to be kept anew."""
    ended = agent.gone or agent.verdict.health is Health.EXITED
    facts = agent.id, agent.name, agent.group, agent.pane, agent.columns, agent.rows, agent.profile
    return (*facts, ended, agent.verdict.since_s)


@attrs.frozen
class _Asked:
    """That the conversation of an agent was looked for."""

    since_s: float
    """When the agent came to the state in which it was."""
    began_s: float
    """When it was looked for first in that state."""
    found: str
    again_s: float
    """When it is looked for again, for a program may write a while after it began to work."""


@attrs.define
class FleetKeeper:
    """The keeper of one server; whoever runs it is the only one.

    Args:
        server: Which.
        store: What is known of it.
        file: Where its agents are kept.
        profiles: The kinds of agents.
    """

    server: ServerAddress
    store: Store
    file: FleetFile
    profiles: Mapping[str, Profile]
    _asked: dict[AgentId, _Asked] = attrs.Factory(dict)
    _places: dict[AgentId, tuple[str, str]] = attrs.Factory(dict)
    _ended: dict[AgentId, float] = attrs.Factory(dict)
    _kept: dict[AgentId, KeptAgent] = attrs.Factory(dict)

    async def run(self) -> None:
        """Keep them until cancelled.

        Raises:
            OmaError: The file cannot be read or written.
        """
        await trio.sleep(FIRST_S)
        known: object = None
        while True:
            state = self.store.state
            now = [_essence(agent) for agent in state.agents if agent.is_session]
            if state.has_server and (now != known or self._ended or self._is_due()):
                known = now
                await self.keep()
            await trio.sleep(KEEP_EVERY_S)

    async def keep(self) -> None:
        """Keep what is there now; nothing changes where the server does not answer.

        Raises:
            OmaError: The file cannot be read or written.
        """
        try:
            rows = {row.pane: row for row in await list_panes(self.server)}
            before = await server_run(self.server)
            agents = [agent for agent in self.store.state.agents if agent.is_session]
            kept = [found for agent in agents if (found := await self._keep_one(agent, rows))]
            server = await server_run(self.server)
        except OmaError:
            return  # it is ending, or hangs: what was kept before is what counts
        for known in (*self._kept, *self._ended):
            if self.store.state.agent(known) is None:
                self._forget(known)
        is_first = not kept and self.file.file.stamp() is None  # nobody is and was there
        if server != before or is_first:
            return
        sessions = {row.session_name for row in rows.values()}
        unseen = sessions - {agent.name for agent in agents}

        def kept_now(fleet: KeptFleet) -> KeptFleet:
            # A watch that has just begun does not know yet of all that it kept before.
            earlier = fleet.agents if fleet.server == server else ()
            return fleet.kept(server, (*kept, *(a for a in earlier if a.session in unseen)))

        await trio.to_thread.run_sync(self.file.change, kept_now)

    def _forget(self, agent_id: AgentId) -> None:
        self._kept.pop(agent_id, None)
        self._ended.pop(agent_id, None)
        self._places.pop(agent_id, None)
        self._asked.pop(agent_id, None)

    async def _keep_one(
        self, agent: AgentState, rows: Mapping[PaneId, PaneRow]
    ) -> KeptAgent | None:
        row = None if agent.pane is None else rows.get(agent.pane)
        if agent.gone or agent.verdict.health is Health.EXITED or row is None:
            ended_s = self._ended.setdefault(agent.id, trio.current_time())
            is_old = trio.current_time() - ended_s >= ENDED_S
            return None if is_old else self._kept.get(agent.id)
        self._ended.pop(agent.id, None)
        worktree, directory = await self._place(agent.id, row)
        kept = self._kept[agent.id] = KeptAgent(
            session=agent.name,
            directory=directory,
            worktree=worktree,
            columns=agent.columns,
            rows=agent.rows,
            profile=agent.profile,
            command=start_line(row.start_command),
            conversation=await self._conversation(agent),
            group=agent.group,
        )
        return kept

    async def _place(self, agent_id: AgentId, row: PaneRow) -> tuple[str, str]:
        """Return the worktree of an agent, and where it began; neither changes."""
        if agent_id not in self._places:
            self._places[agent_id] = await start_place(self.server, row.pane)
        return self._places[agent_id]

    async def _conversation(self, agent: AgentState) -> str:
        """Return the conversation of an agent.

        It is looked for whenever the agent becomes another, and again, ever more rarely, while it works and tells none.
        """
        profile, now_s = self.profiles.get(agent.profile), trio.current_time()
        since_s = agent.verdict.since_s
        asked = self._asked.get(agent.id)
        known = "" if asked is None else asked.found
        is_known = asked is not None and asked.since_s == since_s and now_s < asked.again_s
        if profile is None or not profile.conversations.resume or is_known:
            return known
        screen = self.store.shown(agent.id) or ()
        found = await conversation_of(self.server, agent, profile, screen)
        if found and found != known and agent.pane is not None:
            await remember_conversation(self.server, agent.pane, found)
        began_s = asked.began_s if asked is not None and asked.since_s == since_s else now_s
        is_final = found or agent.verdict.health is not Health.OK
        again_s = math.inf if is_final else now_s + max(KEEP_EVERY_S, now_s - began_s)
        self._asked[agent.id] = _Asked(since_s, began_s, found, again_s)
        return found

    def _is_due(self) -> bool:
        """Say whether a conversation is to be looked for again."""
        return any(asked.again_s <= trio.current_time() for asked in self._asked.values())
