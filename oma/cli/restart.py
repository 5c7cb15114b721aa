"""`oma restart`: start an agent's program again in its pane."""

import argparse

import trio

from oma.cli.context import read_context
from oma.cli.one_agent import with_look
from oma.model.intents import RestartAgent
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


def run(arguments: argparse.Namespace) -> int:
    """Restart the agent that is named."""

    async def restart(controller: AgentController, agent: AgentState) -> None:
        print(await controller.carry_out(RestartAgent(agent.id, arguments.fresh)))

    trio.run(with_look, read_context(arguments), arguments.agent, restart)
    return 0
