"""`oma rename`: call an agent by another name."""

import argparse

import attrs

from oma.cli.one_agent import act_on_agent
from oma.cli.option_values import AgentOptions
from oma.model.intents import RenameAgent


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
    return act_on_agent(options, lambda agent: RenameAgent(agent.id, options.name))
