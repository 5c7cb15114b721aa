"""Starts agents again that went with their tmux server: by name, directory, size and conversation.

Where somebody else has brought back the session of an agent with a shell in it, as tmux-resurrect does, and nothing
runs in that shell, the agent is started in its place.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import attrs
import trio

from oma.detection.conversation import command_line, is_conversation
from oma.detection.profile import Profile
from oma.detection.shells import is_shell
from oma.errors import OmaError
from oma.model.kept_fleet import LATEST, KeptAgent, KeptFleet, LostAgent, restart_line
from oma.runtime.agents.conversations import remember_conversation
from oma.runtime.agents.fleet_file import FleetFile
from oma.runtime.agents.lookup import list_agents
from oma.runtime.agents.respawn import SHELL, names_agent, respawn, resume_line
from oma.runtime.agents.server_run import server_run
from oma.runtime.agents.spawn import (
    COLUMNS,
    NAME,
    ROWS,
    directory_of,
    marks_of,
    start_agent,
)
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.process_tree import children_of
from oma.tmux.address import ServerAddress
from oma.tmux.new_sessions import session_for_agent
from oma.tmux.queries.panes import PaneRow

ENDS_SHELL = " (ends the shell that is there, in which nothing runs)"
"""What is told beside a line by which an agent is started in the place of a shell."""


@attrs.define
class Restorer:
    """Starts the agents of one server again.

    Args:
        server: Which.
        prefix: Of the names of agents.
        file: Where they are kept.
        profiles: The kinds of agents.
        variables: Of new agents: name → value.
    """

    server: ServerAddress
    prefix: str
    file: FleetFile
    profiles: Mapping[str, Profile]
    variables: Mapping[str, str]
    _shells: frozenset[str] = frozenset()
    """The sessions of agents that are gone in which a shell was found that waits."""

    async def missing(self) -> tuple[KeptAgent, ...]:
        """Return the agents that are gone and can be started again.

        Those of a name that is taken are none, unless by a shell in which nothing runs.

        Raises:
            OmaError: The file cannot be read, or tmux does not answer.
        """
        there = await list_agents(self.server, lambda _name: True)
        fleet = await trio.to_thread.run_sync(self.file.read)
        gone = [
            agent
            for agent in fleet.missing(await self._server_run(), ())
            if NAME.fullmatch(agent.session)
        ]
        shells = [
            agent.session
            for agent in gone
            if await _waits(there.get(agent.session, ())) and self.line(agent, ()) != SHELL
        ]
        self._shells = frozenset(shells)
        return tuple(a for a in gone if a.session not in there or a.session in self._shells)

    async def lost(self) -> tuple[LostAgent, ...]:
        """Return the same as a user is told of it.

        Raises:
            OmaError: As `missing`.
        """
        missing = await self.missing()
        return tuple(
            LostAgent(agent.session, agent.directory, self.told(agent, missing))
            for agent in missing
        )

    async def restore_all(self, sessions: Collection[str]) -> str:
        """Start agents again by the names of their sessions; say how many, and what kept the others.

        Raises:
            OmaError: As `missing`.
        """
        missing = await self.missing()
        chosen = [agent for agent in missing if agent.session in sessions]
        failed = []
        for agent in chosen:
            try:
                await self.restore(agent, missing)
            except OmaError as error:
                failed.append(f"{agent.session}: {error}")
        count = len(chosen) - len(failed)
        said = f"started {count} agent{'s' * (count != 1)} again"
        return "; ".join([said, *failed])

    async def restore(self, agent: KeptAgent, others: Sequence[KeptAgent]) -> str:
        """Start an agent again, and say by what.

        Args:
            agent: Which.
            others: All that are gone: two of a kind in one directory have not one latest conversation.

        Raises:
            OmaError: It cannot be started; its name is taken, or its directory is gone.
        """
        directory = directory_of(agent.directory)
        line = self.line(agent, others)
        size = (agent.columns, agent.rows) if agent.columns > 0 and agent.rows > 0 else None
        marks = marks_of(Path(agent.worktree) if agent.worktree else None, agent.group)
        # What was lost in the run before is lost no more: noted in the run that is there then.
        taken = await list_agents(self.server, lambda name: name == agent.session)
        if await _waits(taken.get(agent.session, ())):
            pane = taken[agent.session][0].pane
            size = size or (COLUMNS, ROWS)
            become = session_for_agent(agent.session, size, self.variables, marks)
            doing = f"to start {agent.session}"
            await TmuxClient(self.server).run(become, doing=doing)
            await respawn(self.server, pane, line, doing, str(directory))
        else:
            await start_agent(
                self.server, agent.session, directory, [line], self.variables, marks, size
            )
        server = await self._server_run()
        await trio.to_thread.run_sync(
            self.file.change, lambda fleet: fleet.restored(server, agent)
        )
        if is_conversation(agent.conversation):
            panes = (await list_agents(self.server, lambda name: name == agent.session)).values()
            for row in (row for rows in panes for row in rows[:1]):
                await remember_conversation(self.server, row.pane, agent.conversation)
        return f"started {agent.session}: {self.told(agent, others)}"

    async def forget(self, agents: Sequence[KeptAgent]) -> None:
        """Take agents from those that can be started again.

        Raises:
            OmaError: The file cannot be written.
        """
        server = await self._server_run()

        def forgotten(fleet: KeptFleet) -> KeptFleet:
            for agent in agents:
                fleet = fleet.without(server, agent.session)
            return fleet

        await trio.to_thread.run_sync(self.file.change, forgotten)

    def line(self, agent: KeptAgent, others: Sequence[KeptAgent]) -> str:
        """Return the line for the shell that starts an agent again."""
        return self._how(agent, others)[0]

    def told(self, agent: KeptAgent, others: Sequence[KeptAgent]) -> str:
        """Return the same as a user is told of it: also whether it goes on by guess, and what ends."""
        ends = ENDS_SHELL if agent.session in self._shells else ""
        return "".join((*self._how(agent, others), ends))

    def _how(self, agent: KeptAgent, others: Sequence[KeptAgent]) -> tuple[str, str]:
        profile = self.profiles.get(agent.profile)
        if profile is None:
            return agent.command or SHELL, ""
        resume = profile.conversations.resume
        known = resume and is_conversation(agent.conversation)
        latest = profile.resume or ""
        alone = names_agent(latest) or not any(
            other.session != agent.session
            and (other.profile, other.directory) == (agent.profile, agent.directory)
            for other in others
        )
        line = restart_line(
            agent,
            command_line(resume, agent.conversation) if known else "",
            resume_line(latest, agent.session, self.prefix) if latest else "",
            alone,
        )
        is_guess = latest and alone and not known and not names_agent(latest)
        return line or SHELL, LATEST if is_guess else ""

    async def _server_run(self) -> str:
        try:
            return await server_run(self.server)
        except OmaError:
            return ""  # there is none, and starting an agent starts one


async def _waits(rows: Sequence[PaneRow]) -> bool:
    """Say whether a session has one pane, with a shell in which nothing runs."""
    if len(rows) != 1 or rows[0].dead or not is_shell(rows[0].command):
        return False
    return not await trio.to_thread.run_sync(children_of, rows[0].pid)
