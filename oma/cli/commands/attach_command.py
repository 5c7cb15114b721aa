"""`oma attach`: hand this terminal to an agent until the user detaches."""

import argparse
import os
import sys
from functools import partial

import trio

from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE
from oma.cli.one_agent import with_look
from oma.cli.option_values import AgentOptions
from oma.cli.stop_signals import run_with_signals
from oma.errors import OmaError
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController
from oma.runtime.display.attach import hand_over, runs_inside
from oma.runtime.display.jump import jump, select_agent
from oma.runtime.display.session_view import view_flags
from oma.tui.painter import settle_terminal_type


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma attach`."""
    parser.add_argument("agent")


def run(options: AgentOptions) -> int:
    """Attach to the agent that is named."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise OmaError("attach needs a terminal")
    settle_terminal_type()  # tmux refuses one that is not described
    return trio.run(_attach, read_context(options), options.agent)


async def _attach(context: CliContext, name: str) -> int:
    agent = await with_look(context, name, _revive)
    if runs_inside(context.socket, os.environ):
        await jump(context.server, agent)
        return DONE
    await select_agent(context.server, agent)
    flags = view_flags(context.config.attach)
    return await run_with_signals(
        partial(hand_over, context.server, agent.session, os.environ, flags)
    )


async def _revive(controller: AgentController, agent: AgentState) -> AgentState:
    await controller.revive(agent)
    return agent
