"""Does what is asked from a browser: acts on agents, and opens a terminal program here."""

import os
from collections.abc import Sequence
from pathlib import Path

import attrs

from oma.model.ids import AgentId
from oma.model.intents import Act, NewAgent, Refusal
from oma.runtime.agents.controller import AgentController
from oma.runtime.display.session_view import check_can_be_shown, our_pane, view_argv
from oma.runtime.terminal_program import open_terminal_program


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
        attrs.evolve(self.controller, by=by).note("attach-terminal", agent.pane, "")
        argv = view_argv(self.socket, agent.session, self.flags)
        program = await open_terminal_program(self.terminal, argv)
        return f"opened {program} on {agent.name}"
