"""Does what a browser asks for where the agent runs, over ssh."""

from collections.abc import Sequence

import attrs

from oma.errors import OmaError
from oma.model import intents
from oma.model.hosts import host_of
from oma.model.ids import AgentId
from oma.runtime.fleet.far_executor import NOT_THERE, FarExecutor
from oma.runtime.fleet.ssh_command import far_argv
from oma.runtime.terminal_program import open_terminal_program


@attrs.frozen
class FarWebExecutor:
    """Where the acts of a page on several machines are carried out.

    Args:
        far: Acts on the agents.
        terminal: The terminal program and its options.
    """

    far: FarExecutor
    terminal: Sequence[str]

    async def carry_out(self, act: intents.Act, by: str) -> str:  # noqa: ARG002  # the audit log says who
        """Do it; return one line that says how it went.

        Raises:
            OmaError: It could not be done.
        """
        if isinstance(act, intents.Resync):
            raise OmaError(NOT_THERE)
        return await self.far.act(act)

    async def refusal(self, new: intents.NewAgent) -> intents.Refusal | None:
        """Say what keeps an agent from being started."""
        return await self.far.refusal(new)

    async def open_terminal(self, agent: AgentId, by: str) -> str:  # noqa: ARG002  # as above
        """Open the terminal program on an agent; it outlives us.

        Raises:
            OmaError: It cannot be started, or ends at once.
        """
        own, host = host_of(agent)
        argv = far_argv(host, self.far.oma, ["attach", own], terminal=True)
        return f"opened {await open_terminal_program(self.terminal, argv)} on {host}"
