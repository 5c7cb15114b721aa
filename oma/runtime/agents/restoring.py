"""Starts agents again that went with their tmux server: by name, directory, size and conversation."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import attrs
import trio

from oma.detection.conversation import command_line, is_conversation
from oma.detection.profile import Profile
from oma.errors import OmaError
from oma.model.kept_fleet import LATEST, KeptAgent, KeptFleet, LostAgent, restart_line
from oma.runtime.agents.conversations import remember_conversation
from oma.runtime.agents.fleet_file import FleetFile
from oma.runtime.agents.lookup import list_agents
from oma.runtime.agents.respawn import names_agent, resume_line
from oma.runtime.agents.server_run import server_run
from oma.runtime.agents.spawn import NAME, directory_of, marks_of, start_agent
from oma.tmux.address import ServerAddress


@attrs.frozen
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

    async def missing(self) -> tuple[KeptAgent, ...]:
        """Return the agents that are gone and can be started again; those of a name that is taken are none.

        Raises:
            OmaError: The file cannot be read, or tmux does not answer.
        """
        taken = await list_agents(self.server, lambda _name: True)
        fleet = await trio.to_thread.run_sync(self.file.read)
        return tuple(
            agent
            for agent in fleet.missing(await self._server_run(), taken)
            if NAME.fullmatch(agent.session)
        )

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
        await start_agent(
            self.server, agent.session, directory, [line], self.variables, marks, size
        )
        server = await self._server_run()
        await trio.to_thread.run_sync(
            self.file.change, lambda fleet: fleet.without(server, agent.session)
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
        """Return the same as a user is told of it: also whether it goes on by guess."""
        return "".join(self._how(agent, others))

    def _how(self, agent: KeptAgent, others: Sequence[KeptAgent]) -> tuple[str, str]:
        profile = self.profiles.get(agent.profile)
        if profile is None:
            return agent.command, ""
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
        return line, LATEST if is_guess else ""

    async def _server_run(self) -> str:
        try:
            return await server_run(self.server)
        except OmaError:
            return ""  # there is none, and starting an agent starts one
