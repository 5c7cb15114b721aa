"""`oma jump`: go to an agent's own window and pane."""

import argparse

import attrs
import trio

from oma.cli.arguments import add_client
from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE
from oma.cli.jumping import check_inside
from oma.cli.one_agent import find_agent
from oma.cli.option_values import AgentOptions
from oma.runtime.display.jump import jump


@attrs.frozen(kw_only=True)
class JumpOptions(AgentOptions):
    """Which agent, and in which client."""

    client: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma jump`."""
    parser.add_argument("agent")
    add_client(parser)


def run(options: JumpOptions) -> int:
    """Show the agent in the user's tmux client.

    Raises:
        OmaError: There is no such agent, or no client that could show it.
    """
    context = read_context(options)
    check_inside(context, options.client, f"oma attach {options.agent}")
    return trio.run(_jump, context, options)


async def _jump(context: CliContext, options: JumpOptions) -> int:
    await jump(context.server, await find_agent(context, options.agent), options.client)
    return DONE
