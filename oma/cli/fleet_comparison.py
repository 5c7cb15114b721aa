"""How the agents of a tmux server differ from what a file says of them. Changes nothing."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from oma.cli.agent_control import controller_for
from oma.cli.cli_context import CliContext, profiles_in_force
from oma.cli.fleet_plan import Difference, FoundAgent
from oma.cli.one_look import look_once
from oma.config.agents_file import FleetAgent
from oma.detection.profile import GENERIC
from oma.errors import ConfigError, OmaError
from oma.model.ids import PaneId
from oma.model.nearest import hint
from oma.model.state import AgentState
from oma.runtime.agents.agent_directory import start_place
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.respawn import start_line
from oma.runtime.git.worktree import list_worktrees, real_path
from oma.tmux.queries.panes import PaneRow


def names_no_place(agent: FleetAgent) -> bool:
    """Say whether an agent that is there is where the file wants it, wherever that is."""
    return not agent.directory and agent.worktree is None


@attrs.define
class FleetComparison:
    """Compares agents with a file.

    Args:
        context: Where they are.
        folder: That of the file: relative directories begin there.
    """

    context: CliContext
    folder: Path
    _controller: AgentController | None = None
    _commands: Mapping[str, frozenset[str]] = attrs.Factory(
        lambda: {profile.name: profile.commands for profile in profiles_in_force()}
    )

    async def controller(self) -> AgentController:
        """Return what acts on the agents, as one look found them.

        Raises:
            OmaError: tmux does not answer.
        """
        if self._controller is None:
            look = await look_once(self.context)
            self._controller = controller_for(self.context, look.rules, look.store)
        return self._controller

    async def state(self, session: str) -> AgentState | None:
        """Return the agent that has a session of its own; `None` where it is not listed.

        Raises:
            OmaError: As `controller`.
        """
        agents = (await self.controller()).store.state.agents
        return next((each for each in agents if each.is_session and each.name == session), None)

    def directory(self, agent: FleetAgent) -> str:
        """Return where an agent of the file is started, or the repository of its worktree."""
        return os.path.join(self.folder, os.path.expanduser(agent.directory))

    def command(self, agent: FleetAgent) -> str:
        """Return the line that starts an agent.

        Raises:
            ConfigError: Its profile is unknown.
        """
        if not agent.profile:
            return agent.command or self.context.config.agent.default_command
        commands = self._commands.get(agent.profile)
        if not commands:
            near = hint(agent.profile, tuple(self._commands))
            raise ConfigError(f"agent {agent.name!r}: unknown profile {agent.profile!r}; {near}")
        return min(commands)

    async def found(self, session: str, agent: FleetAgent, rows: Sequence[PaneRow]) -> FoundAgent:
        """Return an agent that is there, and how it differs.

        Args:
            session: Its name.
            agent: In the file.
            rows: The panes of the session.

        Raises:
            OmaError: As `controller`.
        """
        state = await self.state(session)
        if state is None or state.pane is None:
            return FoundAgent()
        now = next((start_line(row.start_command) for row in rows if row.pane == state.pane), "")
        told = (await self._program(agent, state, now), await self._moved(agent, state.pane))
        group = Difference("group", state.group, agent.group)
        return FoundAgent(
            state,
            group if state.group != agent.group else None,
            tuple(each for each in told if each is not None),
        )

    async def _program(self, agent: FleetAgent, state: AgentState, now: str) -> Difference | None:
        """Say whether another program runs than the file wants; one that goes on with a conversation is none."""
        if agent.profile and state.profile != GENERIC:
            is_other = state.profile != agent.profile
            return Difference("profile", state.profile, agent.profile) if is_other else None
        wanted = self.command(agent)
        is_same = now in {"", wanted} or (
            now.partition(" ")[0] == wanted.partition(" ")[0]
            and (await self.controller()).restarts().goes_on(state, now)
        )
        return None if is_same else Difference("command", now, wanted)

    async def _moved(self, agent: FleetAgent, pane: PaneId) -> Difference | None:
        """Say whether an agent was started elsewhere than the file wants; it may want no place."""
        if names_no_place(agent):
            return None
        _, began = await start_place(self.context.server, pane)
        wanted = real_path(self.directory(agent))
        if agent.worktree is None:
            is_there = real_path(began) == wanted
            return None if is_there else Difference("directory", began, str(wanted))
        branch = agent.worktree or agent.name
        try:
            listed = await list_worktrees(wanted)
        except OmaError:  # who restarts it is told why
            listed = ()
        is_there = any(
            each.branch == branch and real_path(began).is_relative_to(each.path) for each in listed
        )
        return None if is_there else Difference("worktree", began, branch)
