"""Brings the agents of a tmux server to what a file says: what is missing is started, nothing is ended."""

import os
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

import attrs

from oma.cli.cli_context import CliContext, profiles_in_force
from oma.cli.queue_task import queue_file
from oma.cli.worktrees import prepare_worktree
from oma.config.agents_file import FleetAgent
from oma.errors import ConfigError, OmaError
from oma.model.nearest import hint
from oma.model.prompts import Addressee, PromptQueue
from oma.runtime.agents.lookup import list_agents
from oma.runtime.agents.server_run import server_run
from oma.runtime.agents.spawn import directory_of, look_for, marks_of, start_agent, variables_of
from oma.runtime.git.worktree_making import WorktreePlan
from oma.tmux.pane_input import plain_lines

THERE, MISSING, OTHER = "is there", "is started", "is not in the file: it stays"


@attrs.frozen
class FleetStep:
    """What becomes of one agent."""

    session: str
    what: str
    """`THERE`, `MISSING` or `OTHER`."""
    agent: FleetAgent | None = None
    """In the file."""


def fleet_plan(
    prefix: str, agents: Sequence[FleetAgent], there: Container[str], names: Sequence[str]
) -> tuple[FleetStep, ...]:
    """Return what becomes of each agent: those of the file in their order, then the others.

    Args:
        prefix: Of the names of agents.
        agents: Of the file.
        there: The names of the sessions that there are.
        names: The same, in the order in which they are told.
    """
    own = {f"{prefix}{agent.name}": agent for agent in agents}
    steps = [
        FleetStep(session, THERE if session in there else MISSING, agent)
        for session, agent in own.items()
    ]
    return (*steps, *(FleetStep(name, OTHER) for name in names if name not in own))


@attrs.frozen
class FleetStarter:
    """Starts agents of a file.

    Args:
        context: Where.
        folder: That of the file: relative directories begin there.
    """

    context: CliContext
    folder: Path

    async def plan(self, agents: Sequence[FleetAgent]) -> tuple[FleetStep, ...]:
        """Return what becomes of each agent.

        Raises:
            OmaError: tmux does not answer.
        """
        prefix = self.context.config.dashboard.session_prefix
        there = await list_agents(self.context.server, lambda name: name.startswith(prefix))
        return fleet_plan(prefix, agents, there, sorted(there))

    async def start(self, session: str, agent: FleetAgent) -> str:
        """Start an agent, queue its prompts, and say so.

        Raises:
            OmaError: It cannot be started.
        """
        context = self.context
        directory = directory_of(os.path.join(self.folder, _expanded(agent.directory)))
        command = self.command(agent)
        await look_for([command])
        variables = variables_of(context.config.agent.env, os.environ)
        worktree = None
        if agent.worktree is not None:
            branch = agent.worktree or agent.name
            plan = WorktreePlan(directory, branch, agent.name, agent.base)
            directory = worktree = await prepare_worktree(context.config.worktree, plan)
        marks = marks_of(worktree, agent.group)
        await start_agent(context.server, session, directory, [command], variables, marks)
        if agent.prompts:
            await self._queue(session, agent.prompts)
        count = len(agent.prompts)
        queued = f", {count} prompt{'s' * (count > 1)} queued" if count else ""
        return f"started {session}: {command}{queued}"

    def command(self, agent: FleetAgent) -> str:
        """Return the line that starts an agent.

        Raises:
            ConfigError: Its profile is unknown.
        """
        if not agent.profile:
            return agent.command or self.context.config.agent.default_command
        profiles: Mapping[str, frozenset[str]] = {p.name: p.commands for p in profiles_in_force()}
        if not profiles.get(agent.profile):
            raise ConfigError(
                f"agent {agent.name!r}: unknown profile {agent.profile!r}; {hint(agent.profile, tuple(profiles))}"
            )
        return min(profiles[agent.profile])

    async def _queue(self, session: str, prompts: Sequence[str]) -> None:
        panes = await list_agents(self.context.server, lambda name: name == session)
        if session not in panes:
            raise OmaError(f"{session} has ended at once: nothing was queued for it")
        run = await server_run(self.context.server)
        to = Addressee(run, panes[session][0].pane, session, session)

        def added(queue: PromptQueue) -> PromptQueue:
            for text in prompts:
                queue = queue.added(to, plain_lines(text))
            return queue

        queue_file(self.context).change(added)


def _expanded(directory: str) -> str:
    return os.path.expanduser(directory)
