"""`oma fork`: start a second agent with a copy of the conversation of another one."""

import argparse
from pathlib import Path

import attrs
import trio

from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE
from oma.cli.one_agent import with_look
from oma.cli.option_values import AgentOptions
from oma.cli.profile_of import profile_of
from oma.detection.conversation import command_line
from oma.errors import OmaError
from oma.model.state import AgentState
from oma.runtime.agents.agent_directory import agent_directory
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.conversations import conversation_of
from oma.runtime.agents.lookup import list_agents
from oma.runtime.agents.spawn import marks_of, next_name, session_name, start_agent


@attrs.frozen(kw_only=True)
class ForkOptions(AgentOptions):
    """What the copy is called."""

    name: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma fork`."""
    parser.add_argument("agent")
    parser.add_argument("name", nargs="?", help="of the copy (default: a number behind its name)")


def run(options: ForkOptions) -> int:
    """Start the copy and print its name.

    Raises:
        OmaError: The kind of the agent cannot, or its conversation is not known.
    """
    context = read_context(options)

    async def fork(controller: AgentController, agent: AgentState) -> str:
        return await _fork(context, options, controller, agent)

    print(trio.run(with_look, context, options.agent, fork))
    return DONE


async def _fork(
    context: CliContext, options: ForkOptions, controller: AgentController, agent: AgentState
) -> str:
    profile = profile_of(agent)
    if not profile.conversations.fork:
        raise OmaError(f"no profile says how a conversation of {agent.name} is copied")
    screen = controller.store.shown(agent.id) or ()
    found = await conversation_of(context.server, agent, profile, screen)
    if not found:
        raise OmaError(f"which conversation {agent.name} holds is not known")
    prefix = context.config.dashboard.session_prefix
    taken = await list_agents(context.server, lambda name: name.startswith(prefix))
    own = agent.name if agent.is_session else prefix + agent.profile
    session = (
        next_name(f"{own}-", taken)
        if options.name is None
        else session_name(options.name, prefix, taken)
    )
    directory = Path(await agent_directory(context.server, agent.pane))
    line = command_line(profile.conversations.fork, found)
    marks = marks_of(None, agent.group)
    await start_agent(context.server, session, directory, [line], controller.variables, marks)
    return session
