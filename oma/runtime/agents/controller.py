"""Acts on agents, for every frontend alike: the command line, the dashboard, the browser.

Each verb (send, answer, stop, kill, restart, new) exists here once. An act is about the pane that was
judged, never about another one of its session. It is logged, then done by tmux, and never tried twice.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import assert_never

import attrs
import trio

from oma.detection.profile import GENERIC, Profile
from oma.errors import BlockedError, CommandError, OmaError
from oma.model import intents
from oma.model.events import CommandSent
from oma.model.health import Health
from oma.model.ids import AgentId, PaneId, SessionId
from oma.model.state import AgentState
from oma.runtime.agents.conversations import remember_conversation
from oma.runtime.agents.dialog_answer import answer_to, type_line
from oma.runtime.agents.input_writer import PaneInput
from oma.runtime.agents.lookup import list_agents
from oma.runtime.agents.pane_lock import pane_lock
from oma.runtime.agents.renaming import rename
from oma.runtime.agents.respawn import SHELL, respawn
from oma.runtime.agents.restarting import RestartPlanner
from oma.runtime.agents.send_text import TextSender
from oma.runtime.agents.shell_agent import ShellAgent, is_below_shell
from oma.runtime.agents.spawn import directory_of, look_for, session_name, start_agent
from oma.runtime.agents.stop import stop_program
from oma.runtime.client.pane_list import list_panes
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.client.tmux_socket import socket_path
from oma.screen.drafts import read_draft
from oma.store.store import Store
from oma.tmux.address import ServerAddress
from oma.tmux.capabilities import parse_version, spells_out_pasted_controls
from oma.tmux.commands.panes import KillPane
from oma.tmux.commands.sessions import KillSession
from oma.tmux.pane_input import plain_lines

STOP_S = 5.0
"""How long an agent is asked to end before its pane is killed."""


@attrs.define
class AgentController:
    """Does what is asked of agents.

    Args:
        server: The tmux server that the agents live on.
        prefix: Of the names of agents.
        watched: Whether a session of a name is listed.
        store: What is known, and where it is logged what was sent.
        profiles: The kinds of agents, by name.
        variables: Of new agents: name → value.
        resync: Asks tmux for everything again.
        by: Who asks, as in `CommandSent`.
    """

    server: ServerAddress
    prefix: str
    watched: Callable[[str], bool]
    store: Store
    profiles: Mapping[str, Profile]
    variables: Mapping[str, str] = attrs.Factory(dict)
    resync: Callable[[], None] = lambda: None
    by: str = ""

    async def carry_out(self, act: intents.Act) -> str:  # noqa: C901  # a table of acts
        """Do what is asked; return one line that says how it went.

        Raises:
            BlockedError: The agent waits for an answer, or its prompt holds a text.
            OmaError: It could not be done; in tmux's own words where tmux refused.
        """
        match act:
            case intents.Resync():
                self.resync()
                return "asked tmux for everything again"
            case intents.NewAgent():
                return await self._start(act)
            case intents.StopAgent(agent_id, patience_s):
                return await self._stop(self.agent(agent_id), patience_s)
            case intents.KillAgent(agent_id):
                return await self._kill(self.agent(agent_id))
            case intents.RestartAgent(agent_id, fresh):
                return await self.restart(self.agent(agent_id), fresh=fresh)
            case intents.RenameAgent(agent_id, name):
                agent = self.agent(agent_id)
                self.note("rename", agent.pane, name)
                now = await rename(self.server, agent, name, self.prefix)
                return f"renamed {agent.name}: {now or 'named as before'}"
            case intents.SendText(agent_id):
                agent = self.agent(agent_id)
                seen = "" if await self.send(act) else ", but its screen does not show the text"
                return f"sent to {agent.name}{seen}"
            case intents.AnswerDialog():
                return await self._answer(act)
            case _:
                assert_never(act)

    async def refusal(self, new: intents.NewAgent) -> intents.Refusal | None:
        """Say what keeps an agent from being started, before anything runs."""
        field = "name"
        try:
            await self._session_name(new)
            field = "command"
            await look_for([self._command(new)])
            field = "directory"
            directory_of(new.directory)
        except OmaError as error:
            return intents.Refusal(field, str(error))
        return None

    async def _start(self, new: intents.NewAgent) -> str:
        session = await self._session_name(new)
        command = self._command(new)
        directory = directory_of(new.directory)
        self.note("new", None, f"{session}: {command}")
        await start_agent(self.server, session, directory, [command], self.variables)
        unlisted = "" if self.watched(session) else ", which this oma does not list"
        return f"started {session}{unlisted}: {command}"

    async def _session_name(self, new: intents.NewAgent) -> str:
        taken = await list_agents(self.server, lambda name: name.startswith(self.prefix))
        return session_name(new.name, self.prefix, taken)

    def _command(self, new: intents.NewAgent) -> str:
        return self.restarts().first_command(new.command) or new.command

    async def _stop(self, agent: AgentState, patience_s: float | None) -> str:
        pane, pid = self._pane(agent), agent.pid
        if agent.verdict.health is Health.EXITED or pid is None:
            return f"{agent.name} has ended already"
        self.note("stop", pane, "")
        if (shell := await self._below_shell(agent)) is not None:
            asked = await shell.stop(patience_s or STOP_S)
            return (
                f"{agent.name} has ended"
                if asked
                else f"{agent.name} did not end when asked: killed"
            )
        if await stop_program(self._input(pane), pid, patience_s or STOP_S):
            return f"{agent.name} has ended"
        # Its pane and not its session: what else the user runs there was not asked to end.
        self.note("kill", pane, "")
        await self._close(agent)
        return f"{agent.name} did not end when asked: killed"

    async def _kill(self, agent: AgentState) -> str:
        self.note("kill", agent.pane, "")
        if (shell := await self._below_shell(agent)) is not None:
            await shell.kill()
            return f"killed {agent.name}"
        if agent.is_session and not self._others_in(agent.session, agent.id):
            end = KillSession(agent.session)
            await TmuxClient(self.server).run(end, doing=f"to end {agent.name}")
        else:
            await self._close(agent)
        return f"killed {agent.name}"

    def _others_in(self, session: SessionId, agent_id: AgentId) -> bool:
        """Say whether another agent lives in a session."""
        return any(
            other.session == session and other.id != agent_id and not other.gone
            for other in self.store.state.agents
            if other.verdict.health is not Health.EXITED
        )

    async def _close(self, agent: AgentState) -> None:
        """Close the pane of an agent; as the last one of a session of the user's it gets a shell."""
        pane, doing = self._pane(agent), f"to end {agent.name}"
        rows = await list_panes(self.server)
        is_last = {row.pane for row in rows if row.session == agent.session} == {pane}
        if is_last and not agent.is_session:
            await respawn(self.server, pane, SHELL, doing)
        else:
            await TmuxClient(self.server).run(KillPane(pane), doing=doing)

    async def restart(
        self, agent: AgentState, *, fresh: bool = False, conversation: str = ""
    ) -> str:
        """Start the agent's program again: with a conversation, else with its own, or `fresh`."""
        pane, restarts = self._pane(agent), self.restarts()
        if fresh:
            how = await restarts.fresh(agent, pane)
        else:
            how = await restarts.on(agent, pane, conversation)
        if (shell := await self._below_shell(agent)) is not None:
            line = how.line or restarts.first_command(agent.profile) or agent.profile
            self.note("restart", pane, line)
            await shell.stop(STOP_S)
            await shell.start(line)
            return f"restarted {agent.name}: {how.told or line}"
        self.note("restart", pane, how.line)
        await remember_conversation(self.server, pane, how.conversation)
        await respawn(self.server, pane, how.line or None, f"to restart {agent.name}")
        return f"restarted {agent.name}" + (f": {how.told}" if how.line else "")

    async def revive(self, agent: AgentState) -> str:
        """Start an agent again that has ended and can be continued; return what was done.

        For who is about to look at it.
        """
        ended = agent.verdict.health is Health.EXITED
        if ended and agent.is_session and self.restarts().continues(agent):
            return await self.restart(agent)
        return ""

    def restarts(self) -> RestartPlanner:
        """Return what finds out by what agents are started again."""
        return RestartPlanner(self.server, self.prefix, self.store, self.profiles)

    async def _below_shell(self, agent: AgentState) -> ShellAgent | None:
        """Return the agent that the user started from a shell of theirs; `None` for another one."""
        if agent.is_session or agent.pid is None or agent.pane is None:
            return None
        if not await trio.to_thread.run_sync(is_below_shell, agent.pid):
            return None
        return ShellAgent(self._input(agent.pane), agent.pid)

    async def send(self, act: intents.SendText) -> bool:
        """Type a text into an agent, if it is there to take it.

        Returns:
            Whether the agent's screen shows the text.

        Raises:
            BlockedError: It waits for an answer, and `act` does not say that it is sent anyway.
            CommandError: It has ended, or takes no input, or others typed all the time.
        """
        text = plain_lines(act.text)
        if not text:
            raise CommandError("there is no text to send")
        pane = self._pane(self.agent(act.agent))
        async with self._lock(pane):
            # Looked at under the lock: whoever typed before may have changed it.
            self._check_takes_text(self.agent(act.agent), act)
            sender = TextSender(self.store, act.agent, self._input(pane), self.by)
            return await sender.send(text, enter=act.enter)

    def _check_takes_text(self, agent: AgentState, act: intents.SendText) -> None:
        if agent.verdict.health is Health.EXITED:
            raise CommandError(f"{agent.name} has ended: nothing would read the text")
        if act.anyway:
            return
        if agent.verdict.health is Health.WAITING:
            asks = agent.verdict.evidence if agent.dialog is None else agent.dialog.summary
            raise BlockedError(f"{agent.name} waits for an answer, nothing was sent: {asks}")
        screen = self.store.styled_rows(agent.id, agent.rows) or ()
        draft = "" if agent.profile == GENERIC else read_draft(screen)
        if draft:
            message = f"the prompt of {agent.name} holds an unsent text, nothing was sent: {draft}"
            raise BlockedError(message)

    async def _answer(self, act: intents.AnswerDialog) -> str:
        pane = self._pane(self.agent(act.agent))
        async with self._lock(pane):
            # Between the look and the yes the dialog may have gone, or another one may have come.
            agent = self.agent(act.agent)
            answer = answer_to(agent, act)
            self.note("answer", pane, f"{answer.said} {answer.label}".strip())
            if not answer.is_line:
                await self._input(pane).put(answer.said.encode())
            elif not await type_line(self.store, agent.id, self._input(pane), answer.said):
                return f"typed {answer.said} into {agent.name} without Enter: its screen does not show the text"
        label = f": {answer.label}" if answer.label else ""
        return f"answered {answer.said} to {agent.name}{label}"

    def agent(self, agent_id: AgentId) -> AgentState:
        """Return the agent of this id.

        Raises:
            CommandError: It has ended.
        """
        agent = self.store.state.agent(agent_id)
        if agent is None or agent.gone:
            raise CommandError("this agent is gone: its pane is closed")
        return agent

    def _pane(self, agent: AgentState) -> PaneId:
        if agent.pane is None:
            raise CommandError(f"{agent.name} has no pane")
        return agent.pane

    def _input(self, pane: PaneId) -> PaneInput:
        version = self.store.state.tmux
        raw = version is not None and spells_out_pasted_controls(parse_version(version))
        return PaneInput(TmuxClient(self.server), pane, raw)

    def _lock(self, pane: PaneId) -> AbstractAsyncContextManager[None]:
        return pane_lock(socket_path(self.server, os.environ), pane, os.environ)

    def note(self, command: str, pane: PaneId | None, text: str) -> None:
        """Log that a command is sent, about the agent of a pane or none."""
        self.store.append(CommandSent(command, pane, text, self.by))
