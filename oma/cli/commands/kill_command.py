"""`oma kill`: end an agent and its session at once."""

import argparse

import trio

from oma.cli.cli_context import read_context
from oma.cli.one_agent import with_look
from oma.cli.option_values import AgentOptions
from oma.model.intents import KillAgent
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma kill`."""
    parser.add_argument("agent")


def run(options: AgentOptions) -> int:
    """End the agent that is named, and say how it ended."""

    async def end(controller: AgentController, agent: AgentState) -> None:
        print(await controller.carry_out(KillAgent(agent.id)))

    trio.run(with_look, read_context(options), options.agent, end)
    return 0
