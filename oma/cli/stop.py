"""`oma stop` and `oma kill`: end an agent, politely or at once."""

import argparse

import trio

from oma.cli.context import read_context
from oma.cli.one_agent import with_look
from oma.model.intents import KillAgent, StopAgent
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


def run(arguments: argparse.Namespace) -> int:
    """End the agent that is named, and say how it ended."""

    async def end(controller: AgentController, agent: AgentState) -> None:
        if arguments.subcommand == "kill":
            print(await controller.carry_out(KillAgent(agent.id)))
        else:
            print(await controller.carry_out(StopAgent(agent.id, arguments.timeout)))

    trio.run(with_look, read_context(arguments), arguments.agent, end)
    return 0
