"""`oma stop`: ask an agent to end, then make it."""

import argparse

import attrs

from oma.cli.one_agent import act_on_agent
from oma.cli.option_values import AgentOptions
from oma.cli.quantities import seconds
from oma.model.intents import StopAgent


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
    return act_on_agent(options, lambda agent: StopAgent(agent.id, options.timeout))
