"""`oma rename`: call an agent by another name."""

import argparse

import attrs
import trio

from oma.cli.cli_context import read_context
from oma.cli.one_agent import with_look
from oma.cli.option_values import AgentOptions
from oma.model.intents import RenameAgent
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


@attrs.frozen(kw_only=True)
class RenameOptions(AgentOptions):
    """What the agent is called from now on."""

    name: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma rename`."""
    parser.add_argument("agent")
    parser.add_argument("name", help="'' takes a given name away again")


def run(options: RenameOptions) -> int:
    """Rename the agent that is named."""

    async def rename(controller: AgentController, agent: AgentState) -> None:
        print(await controller.carry_out(RenameAgent(agent.id, options.name)))

    trio.run(with_look, read_context(options), options.agent, rename)
    return 0
