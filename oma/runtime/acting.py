"""Carries out what a person asks of agents, where that needs no terminal of theirs.

Each act is logged, then done by one tmux process; nothing is tried twice.
"""

from collections.abc import Callable, Mapping
from typing import assert_never

import attrs

from oma.errors import CommandError, OmaError
from oma.model.events import CommandSent
from oma.model.health import Health
from oma.model.ids import PaneId, SessionId
from oma.model.intents import (
    Act,
    AnswerDialog,
    KillAgent,
    NewAgent,
    Refusal,
    RestartAgent,
    Resync,
    SendText,
    StopAgent,
)
from oma.model.state import AgentState
from oma.runtime.agents import list_agents
from oma.runtime.ending import end_politely
from oma.runtime.respawn import respawn, resume_line
from oma.runtime.spawn import directory_of, look_for, session_name, start_agent
from oma.runtime.tmux_client import run_tmux
from oma.runtime.typist import type_text
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.invocation import kill_session_argv, send_text_argv

STOP_S = 5.0
"""How long an agent is asked to end before its session is killed."""


@attrs.define
class Actor:
    """Does what is asked of agents.

    Args:
        server: The tmux server that the agents live on.
        prefix: Of the names of agents.
        watched: Whether a session of a name is listed.
        store: What is known, and where it is logged what was sent.
        commands: Profile → the command that starts it.
        resumes: Profile → the command that continues a session, where it has one.
        resync: Asks tmux for everything again.
        variables: Of new agents, each `NAME=VALUE`.
    """

    server: ServerAddress
    prefix: str
    watched: Callable[[str], bool]
    store: Store
    commands: Mapping[str, str]
    resumes: Mapping[str, str]
    resync: Callable[[], None]
    variables: tuple[str, ...] = ()

    async def carry_out(self, act: Act) -> str:
        """Do what is asked; return one line that says how it went.

        Raises:
            OmaError: It could not be done; in tmux's own words where tmux refused.
        """
        match act:
            case Resync():
                self.resync()
                return "asked tmux for everything again"
            case NewAgent():
                return await self._start(act)
            case StopAgent(session):
                return await self._stop(self.agent(session))
            case KillAgent(session):
                return await self._kill(self.agent(session))
            case RestartAgent(session):
                return await self.restart(self.agent(session))
            case SendText(session, text):
                return await self._send(self.agent(session), text)
            case AnswerDialog(session, key, fingerprint):
                return await self._answer(self.agent(session), key, fingerprint)
            case _:
                assert_never(act)

    async def refusal(self, new: NewAgent) -> Refusal | None:
        """Say what keeps an agent from being started, before anything runs."""
        field = "name"
        try:
            await self._session_name(new)
            field = "command"
            await look_for([self._command(new)])
            field = "directory"
            directory_of(new.directory)
        except OmaError as error:
            return Refusal(field, str(error))
        return None

    async def _start(self, new: NewAgent) -> str:
        session = await self._session_name(new)
        command = self._command(new)
        directory = directory_of(new.directory)
        self.note("new", None, f"{session}: {command}")
        await start_agent(self.server, session, directory, [command], self.variables)
        unlisted = "" if self.watched(session) else ", which this oma does not list"
        return f"started {session}{unlisted}: {command}"

    async def _session_name(self, new: NewAgent) -> str:
        taken = await list_agents(self.server, lambda name: name.startswith(self.prefix))
        return session_name(new.name, self.prefix, taken)

    def _command(self, new: NewAgent) -> str:
        return self.commands.get(new.command, new.command)

    async def _stop(self, agent: AgentState) -> str:
        pane, pid = self._pane(agent), agent.pid
        if agent.verdict.health is Health.EXITED or pid is None:
            return f"{agent.name} has ended already"
        self.note("stop", agent.pane, "")
        if await end_politely(self.server, pane, pid, STOP_S):
            return f"{agent.name} has ended"
        return f"{await self._kill(agent)}: it did not end when asked"

    async def _kill(self, agent: AgentState) -> str:
        self.note("kill", agent.pane, "")
        await self._run(kill_session_argv(self.server, agent.session), agent)
        return f"killed {agent.name}"

    async def restart(self, agent: AgentState) -> str:
        """Start the agent's program again, by its resume command where it has one."""
        template = self.resumes.get(agent.profile)
        resume = template and resume_line(template, agent.name, self.prefix)
        self.note("restart", agent.pane, resume or "")
        await respawn(self.server, self._pane(agent), resume)
        return f"restarted {agent.name}" + (f": {resume}" if resume else "")

    async def _send(self, agent: AgentState, text: str) -> str:
        if agent.verdict.health is Health.EXITED:
            message = f"{agent.name} has ended: nothing would read the text"
            raise CommandError(message)
        pane = self._pane(agent)
        if await type_text(self.server, self.store, agent.session, pane, text, enter=True):
            return f"sent to {agent.name}"
        return f"sent to {agent.name}, but its screen does not show the text"

    async def _answer(self, agent: AgentState, key: str, fingerprint: str) -> str:
        # Between the look and the yes the dialog may have gone, or another one may have come.
        dialog = agent.dialog
        if dialog is None:
            message = f"{agent.name} asks nothing now: nothing was sent"
            raise CommandError(message)
        if dialog.fingerprint != fingerprint:
            message = f"{agent.name} now asks something else: nothing was sent"
            raise CommandError(message)
        option = dialog.option(key)
        if option is None:
            message = f"{agent.name} offers no option {key!r}: nothing was sent"
            raise CommandError(message)
        self.note("answer", agent.pane, key)
        await self._run(send_text_argv(self.server, self._pane(agent), key), agent)
        return f"answered {key} to {agent.name}: {option.label}"

    def agent(self, session: SessionId) -> AgentState:
        """Return the agent of this session.

        Raises:
            CommandError: It has ended.
        """
        for agent in self.store.state.agents:
            if agent.session == session and not agent.gone:
                return agent
        message = "this agent is gone: its tmux session has ended"
        raise CommandError(message)

    def _pane(self, agent: AgentState) -> PaneId:
        if agent.pane is None:
            message = f"{agent.name} has no pane"
            raise CommandError(message)
        return agent.pane

    def note(self, command: str, pane: PaneId | None, text: str) -> None:
        """Log that a command is sent, about the agent of a pane or none."""
        self.store.append(CommandSent(command, pane, text))

    async def _run(self, argv: list[str], agent: AgentState) -> None:
        answer = await run_tmux(argv)
        if answer.status != 0:
            message = f"tmux refused, for {agent.name}: {answer.complaint}"
            raise CommandError(message)
