"""Does what is asked from a browser: acts on agents, and opens a terminal program here."""

import os
import shutil
import subprocess  # noqa: TID251  # for its DEVNULL constant only
from collections.abc import Sequence
from pathlib import Path

import attrs
import trio

from oma.errors import OmaError
from oma.model.ids import AgentId
from oma.model.intents import Act, NewAgent, Refusal
from oma.runtime.agents.controller import AgentController
from oma.runtime.display.session_view import check_can_be_shown, our_pane, view_argv

STARTS_S = 0.5
"""A program that has not failed by then has opened, or is about to."""


@attrs.define
class WebExecutor:
    """Where what a browser asks for is carried out.

    Args:
        controller: Acts on agents.
        socket: Of the server of the agents.
        flags: Of the view in a terminal, as of `view_argv`.
        terminal: The terminal program and its options; the view's program follows them.
    """

    controller: AgentController
    socket: Path
    flags: str
    terminal: Sequence[str]

    async def carry_out(self, act: Act, by: str) -> str:
        """Do what somebody of this name asks for; return one line that says how it went.

        Raises:
            OmaError: It could not be done.
        """
        return await attrs.evolve(self.controller, by=by).carry_out(act)

    async def refusal(self, new: NewAgent) -> Refusal | None:
        """Say what keeps an agent from being started, before anything runs."""
        return await self.controller.refusal(new)

    async def open_terminal(self, agent_id: AgentId, by: str) -> str:
        """Open the terminal program on an agent, for somebody of this name; it outlives us.

        Raises:
            OmaError: The agent is gone, or the program cannot be started or ends at once.
        """
        agent = self.controller.agent(agent_id)
        await check_can_be_shown(self.socket, agent.session, our_pane(os.environ))
        program = self.terminal[0] if self.terminal else ""
        if shutil.which(program) is None:
            raise OmaError(f"[web] terminal_command: {program!r}: not found on PATH")
        attrs.evolve(self.controller, by=by).note("attach-terminal", agent.pane, "")
        process = await trio.lowlevel.open_process(
            [*self.terminal, *view_argv(self.socket, agent.session, self.flags)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        with trio.move_on_after(STARTS_S):
            if await process.wait() != 0:
                message = f"[web] terminal_command: {program!r} ended with {process.returncode}"
                raise OmaError(message)
        return f"opened {program} on {agent.name}"
