"""`oma stop`: ask an agent to end, then make it."""

import argparse

import attrs
import trio

from oma.cli.cli_context import read_context
from oma.cli.one_agent import with_look
from oma.cli.option_values import AgentOptions
from oma.cli.quantities import seconds
from oma.model.intents import StopAgent
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


@attrs.frozen(kw_only=True)
class StopOptions(AgentOptions):
    """How long the agent is asked."""

    timeout: float = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma stop`."""
    parser.add_argument("agent")
    parser.add_argument(
        "--timeout", type=seconds, default=5.0, metavar="S", help="how long to ask (default 5)"
    )


def run(options: StopOptions) -> int:
    """End the agent that is named, and say how it ended."""

    async def end(controller: AgentController, agent: AgentState) -> None:
        print(await controller.carry_out(StopAgent(agent.id, options.timeout)))

    trio.run(with_look, read_context(options), options.agent, end)
    return 0
