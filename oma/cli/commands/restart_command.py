"""`oma restart`: start an agent's program again in its pane."""

import argparse

import attrs

from oma.cli.arguments import add_flag
from oma.cli.one_agent import act_on_agent
from oma.cli.option_values import AgentOptions
from oma.model.intents import RestartAgent


@attrs.frozen(kw_only=True)
class RestartOptions(AgentOptions):
    """How the agent is started again."""

    fresh: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma restart`."""
    parser.add_argument("agent")
    add_flag(parser, "--fresh", "begin anew: by its first command")


def run(options: RestartOptions) -> int:
    """Restart the agent that is named."""
    return act_on_agent(options, lambda agent: RestartAgent(agent.id, options.fresh))
