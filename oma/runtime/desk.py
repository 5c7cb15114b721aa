"""Does what a person asks for: each intent is logged, then carried out by one tmux process.

A refusal is one line for the person, in tmux's own words; nothing is tried twice.
"""

from collections.abc import Callable, Mapping
from typing import assert_never

import attrs
import trio

from oma.errors import CommandError, OmaError
from oma.model.events import CommandSent
from oma.model.health import Health
from oma.model.ids import PaneId, SessionId
from oma.model.intents import (
    AnswerDialog,
    AttachAgent,
    CycleTiling,
    Intent,
    KillAgent,
    LetType,
    NewAgent,
    Refusal,
    RestartAgent,
    Resync,
    SendText,
    ShowAgent,
    StopAgent,
    ToggleTiling,
)
from oma.model.state import AgentState
from oma.runtime.agents import list_agents
from oma.runtime.ending import end_politely
from oma.runtime.keyboard import type_text
from oma.runtime.own_tiling import OwnTiling
from oma.runtime.respawn import respawn, resume_line
from oma.runtime.server import run_tmux
from oma.runtime.spawn import directories, directory_of, look_for, session_name, start_agent
from oma.runtime.viewing import Lend, Viewing
from oma.store.store import Store
from oma.tmux.invocation import (
    ServerAddress,
    kill_session_argv,
    send_text_argv,
)

STOP_S = 5.0
"""How long an agent is asked to end before its session is killed."""


@attrs.define
class Desk:
    """Where intents are carried out.

    Args:
        server: The tmux server that the agents live on.
        prefix: Of the names of agents.
        watched: Whether a session of a name is listed.
        store: What is known, and where it is logged what was sent.
        viewing: How agents are shown.
        tiling: Of the dashboard's own window.
        commands: Profile → the command that starts it.
        resumes: Profile → the command that continues a session, where it has one.
        resync: Asks tmux for everything again.
    """

    server: ServerAddress
    prefix: str
    watched: Callable[[str], bool]
    store: Store
    viewing: Viewing
    tiling: OwnTiling
    commands: Mapping[str, str]
    resumes: Mapping[str, str]
    resync: Callable[[], None]

    async def carry_out(self, intent: Intent, lend: Lend) -> str:
        """Do what is asked; return one line that says how it went, or an empty text."""
        try:
            return await self._do(intent, lend)
        except OmaError as error:
            return str(error)

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

    async def directories(self, text: str) -> tuple[str, ...]:
        """Return the directories that `text` is the beginning of."""
        # A directory on a network that is gone takes its time; nobody has to wait for it.
        return await trio.to_thread.run_sync(directories, text, abandon_on_cancel=True)

    def resized(self) -> None:
        """Take note that the dashboard has another size."""
        self.viewing.look()

    @property
    def occupant(self) -> SessionId | None:
        """The session in the right pane."""
        return self.viewing.occupant

    async def _do(self, intent: Intent, lend: Lend) -> str:  # noqa: C901  # a table of intents
        match intent:
            case Resync():
                self.resync()
                return "asked tmux for everything again"
            case NewAgent():
                return await self._start(intent)
            case ShowAgent(session):
                return await self._show(self._agent(session), lend)
            case ToggleTiling(filter_text):
                self.store.append(CommandSent("tile", None, filter_text))
                return await self.tiling.toggle(filter_text)
            case CycleTiling():
                self.store.append(CommandSent("layout", None, ""))
                return await self.tiling.cycle()
            case LetType(session):
                agent = self._agent(session)
                self._log("type", agent, "")
                return await self.tiling.let_type(agent)
            case AttachAgent(session):
                return await self._attach(self._agent(session), lend)
            case StopAgent(session):
                return await self._stop(self._agent(session))
            case KillAgent(session):
                return await self._kill(self._agent(session))
            case RestartAgent(session):
                return await self._restart(self._agent(session))
            case SendText(session, text):
                return await self._send(self._agent(session), text)
            case AnswerDialog(session, digit):
                return await self._answer(self._agent(session), digit)
            case _:
                assert_never(intent)

    async def _start(self, new: NewAgent) -> str:
        session = await self._session_name(new)
        command = self._command(new)
        directory = directory_of(new.directory)
        self.store.append(CommandSent("new", None, f"{session}: {command}"))
        await start_agent(self.server, session, directory, [command])
        unlisted = "" if self.watched(session) else ", which this dashboard does not list"
        return f"started {session}{unlisted}: {command}"

    async def _session_name(self, new: NewAgent) -> str:
        taken = await list_agents(self.server, lambda name: name.startswith(self.prefix))
        return session_name(new.name, self.prefix, taken)

    def _command(self, new: NewAgent) -> str:
        return self.commands.get(new.command, new.command)

    async def _attach(self, agent: AgentState, lend: Lend) -> str:
        words = ""
        if agent.verdict.health is Health.EXITED and agent.profile in self.resumes:
            words = await self._restart(agent)
        self._log("attach", agent, "")
        return await self.viewing.open(agent, lend) or words

    async def _show(self, agent: AgentState, lend: Lend) -> str:
        self._log("show", agent, "")
        return await self.viewing.show(agent, lend)

    async def _stop(self, agent: AgentState) -> str:
        pane, pid = self._pane(agent), agent.pid
        if agent.verdict.health is Health.EXITED or pid is None:
            return f"{agent.name} has ended already"
        self._log("stop", agent, "")
        if await end_politely(self.server, pane, pid, STOP_S):
            return f"{agent.name} has ended"
        return f"{await self._kill(agent)}: it did not end when asked"

    async def _kill(self, agent: AgentState) -> str:
        self._log("kill", agent, "")
        await self._run(kill_session_argv(self.server, agent.session), agent)
        return f"killed {agent.name}"

    async def _restart(self, agent: AgentState) -> str:
        template = self.resumes.get(agent.profile)
        resume = template and resume_line(template, agent.name, self.prefix)
        self._log("restart", agent, resume or "")
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

    async def _answer(self, agent: AgentState, digit: str) -> str:
        # Between the question and the yes the dialog may have gone: then a digit is a prompt.
        if agent.verdict.health is not Health.WAITING:
            message = f"{agent.name} does not wait any more: nothing was sent"
            raise CommandError(message)
        self._log("answer", agent, digit)
        await self._run(send_text_argv(self.server, self._pane(agent), digit), agent)
        return f"answered {digit} to {agent.name}"

    def _agent(self, session: SessionId) -> AgentState:
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

    def _log(self, command: str, agent: AgentState, text: str) -> None:
        self.store.append(CommandSent(command, agent.pane, text))

    async def _run(self, argv: list[str], agent: AgentState) -> None:
        answer = await run_tmux(argv)
        if answer.status != 0:
            message = f"tmux refused, for {agent.name}: {answer.complaint}"
            raise CommandError(message)
