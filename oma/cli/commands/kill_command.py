"""`oma kill`: end an agent and its session at once."""

import argparse

from oma.cli.one_agent import act_on_agent
from oma.cli.option_values import AgentOptions
from oma.model.intents import KillAgent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma kill`."""
    parser.add_argument("agent")


def run(options: AgentOptions) -> int:
    """End the agent that is named, and say how it ended."""
    return act_on_agent(options, lambda agent: KillAgent(agent.id))
