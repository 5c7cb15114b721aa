"""`oma diff`: show what an agent has changed, in the user's pager."""

import argparse

import attrs
import trio

from oma.cli.arguments import add_command
from oma.cli.cli_context import CliContext, read_context
from oma.cli.one_agent import find_agent
from oma.cli.option_values import AgentOptions
from oma.runtime.agents.agent_directory import agent_directory
from oma.runtime.git.diff import show_diff
from oma.runtime.git.worktree import find_worktree


@attrs.frozen(kw_only=True)
class DiffOptions(AgentOptions):
    """How it is shown."""

    command: tuple[str, ...] = ()
    """More arguments of `git diff`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma diff`."""
    parser.add_argument("agent")
    add_command(parser, "after --, more arguments of git diff, such as --stat")


def run(options: DiffOptions) -> int:
    """Show it; the exit code is that of git."""
    return trio.run(_diff, read_context(options), options)


async def _diff(context: CliContext, options: DiffOptions) -> int:
    agent = await find_agent(context, options.agent)
    directory = await agent_directory(context.server, agent.pane)
    return await show_diff(await find_worktree(directory), options.command)
