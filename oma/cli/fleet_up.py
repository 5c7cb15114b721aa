"""Brings the agents of a tmux server to what a file says; what runs is ended only where that was asked for."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import assert_never

import attrs

from oma.cli.cli_context import CliContext
from oma.cli.fleet_comparison import FleetComparison, names_no_place
from oma.cli.fleet_plan import Becomes, FleetStep, FoundAgent, fleet_plan
from oma.cli.queue_task import queue_file
from oma.cli.worktrees import prepare_worktree
from oma.config.agents_file import FleetAgent
from oma.errors import OmaError
from oma.model.prompts import Addressee, PromptQueue
from oma.runtime.agents.agent_directory import start_place
from oma.runtime.agents.conversations import remember_conversation
from oma.runtime.agents.lookup import list_agents
from oma.runtime.agents.noting import noted
from oma.runtime.agents.removing import AgentRemoval
from oma.runtime.agents.respawn import respawn
from oma.runtime.agents.server_run import server_run
from oma.runtime.agents.spawn import directory_of, look_for, marks_of, start_agent, variables_of
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.git.worktree import find_worktree
from oma.runtime.git.worktree_making import WorktreePlan
from oma.tmux.commands.command import Command, in_order
from oma.tmux.commands.control import SetOption
from oma.tmux.pane_input import plain_lines
from oma.tmux.queries.panes import GROUP, WORKTREE


@attrs.define
class FleetStarter:
    """Brings agents to what a file says.

    Args:
        context: Where.
        folder: That of the file: relative directories begin there.
    """

    context: CliContext
    folder: Path
    _compared: FleetComparison = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._compared = FleetComparison(self.context, self.folder)

    async def plan(
        self, agents: Sequence[FleetAgent], *, restart: bool = False, prune: bool = False
    ) -> tuple[FleetStep, ...]:
        """Return what becomes of each agent; changes nothing. See `fleet_plan`.

        Raises:
            ConfigError: The profile of an agent is unknown.
            OmaError: tmux does not answer.
        """
        for agent in agents:
            self._compared.command(agent)  # refused before anything runs
        prefix = self.context.config.dashboard.session_prefix
        there = await list_agents(self.context.server, lambda name: name.startswith(prefix))
        wanted = {f"{prefix}{agent.name}": agent for agent in agents}
        found = {
            name: await self._compared.found(name, wanted[name], rows)
            if name in wanted
            else FoundAgent(await self._compared.state(name))
            for name, rows in there.items()
        }
        steps = fleet_plan(wanted, found, sorted(there), restart=restart, prune=prune)
        return tuple([attrs.evolve(step, trouble=await self._trouble(step)) for step in steps])

    async def _trouble(self, step: FleetStep) -> str:
        """Return why an agent cannot be started; empty where it can, as far as can be told before."""
        agent = step.agent
        if agent is None or step.becomes is not Becomes.STARTED:
            return ""
        try:
            await look_for([self._compared.command(agent)])
            directory = directory_of(self._compared.directory(agent))
            if agent.worktree is not None:
                await find_worktree(directory)
        except OmaError as error:
            return str(error)
        return ""

    async def carry_out(self, step: FleetStep) -> str:
        """Do what is to become of one agent, and say so.

        Raises:
            UnsavedWorkError: It is to be ended, and something would be lost: it names it.
            OmaError: It could not be done.
        """
        match step.becomes:
            case Becomes.LEFT:
                return step.words
            case Becomes.ENDED:
                return await self._end(step.session)
            case Becomes.STARTED if step.agent is not None:
                return await self.start(step.session, step.agent)
            case Becomes.STARTED | Becomes.STAYS | Becomes.RESTARTED | Becomes.CONTINUED:
                return await self._bring(step)
            case _:
                assert_never(step.becomes)

    async def start(self, session: str, agent: FleetAgent) -> str:
        """Start an agent, queue its prompts, and say so.

        Raises:
            OmaError: It cannot be started.
        """
        context = self.context
        command = self._compared.command(agent)
        await look_for([command])
        variables = variables_of(context.config.agent.env, os.environ)
        directory, worktree = await self._place(agent)
        marks = marks_of(worktree, agent.group)
        await start_agent(context.server, session, directory, [command], variables, marks)
        if agent.prompts:
            await self._queue(session, agent.prompts)
        count = len(agent.prompts)
        queued = f", {count} prompt{'s' * (count > 1)} queued" if count else ""
        return f"started {session}: {command}{queued}"

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

    async def _place(self, agent: FleetAgent) -> tuple[Path, Path | None]:
        """Return the directory of an agent, and its worktree, made if need be; `None` where it is to have none."""
        directory = directory_of(self._compared.directory(agent))
        if agent.worktree is None:
            return directory, None
        branch = agent.worktree or agent.name
        plan = WorktreePlan(directory, branch, agent.name, agent.base, may_be_there=True)
        worktree = await prepare_worktree(self.context.config.worktree, plan)
        return worktree, worktree

    async def _bring(self, step: FleetStep) -> str:
        """Bring an agent that is there to what the file says, as far as the step goes."""
        agent, state = step.agent, step.found.state
        if agent is None or state is None or state.pane is None:
            return step.words
        options: list[Command] = []
        if step.found.group is not None:
            # The session's counts where the pane has none of its own.
            options += [
                SetOption(state.session, GROUP, agent.group or None),
                SetOption(state.pane, GROUP, None),
                noted(),
            ]
        server, doing = self.context.server, f"to restart {step.session}"
        if step.becomes is Becomes.RESTARTED:
            line = self._compared.command(agent)
            await look_for([line])
            place = None  # where it is
            if not names_no_place(agent):
                directory, worktree = await self._place(agent)
                place, mark = str(directory), None if worktree is None else str(worktree)
                options.append(SetOption(state.session, WORKTREE, mark))
            await remember_conversation(server, state.pane, "")
            await respawn(server, state.pane, line, doing, place)
        if options:
            await TmuxClient(server).run(in_order(*options), doing=f"to change {step.session}")
        if step.becomes is Becomes.CONTINUED:
            return await (await self._compared.controller()).restart(state)
        return step.words

    async def _end(self, session: str) -> str:
        """End an agent, and remove its worktree where one was made for it: as `oma rm`, by which nothing is lost."""
        state = await self._compared.state(session)
        if state is None or state.pane is None:
            raise OmaError("is not listed as an agent: it stays")
        removal = AgentRemoval(await self._compared.controller(), state)
        worktree, _ = await start_place(self.context.server, state.pane)
        return await (removal.remove() if worktree else removal.end())
