"""`oma restart`: start an agent's program again in its pane."""

import argparse

import attrs
import trio

from oma.cli.cli_context import read_context
from oma.cli.one_agent import with_look
from oma.cli.option_values import AgentOptions
from oma.model.intents import RestartAgent
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


@attrs.frozen(kw_only=True)
class RestartOptions(AgentOptions):
    """How the agent is started again."""

    fresh: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma restart`."""
    parser.add_argument("agent")
    parser.add_argument(
        "--fresh", action="store_true", help="its first command, not its resume command"
    )


def run(options: RestartOptions) -> int:
    """Restart the agent that is named."""

    async def restart(controller: AgentController, agent: AgentState) -> None:
        print(await controller.carry_out(RestartAgent(agent.id, options.fresh)))

    trio.run(with_look, read_context(options), options.agent, restart)
    return 0
