"""`oma resume`: go on with the very conversation of an agent that has ended."""

import argparse

import attrs
import trio

from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.one_agent import with_look
from oma.cli.option_values import AgentOptions
from oma.cli.profile_of import profile_of
from oma.detection.conversation import is_conversation
from oma.errors import ConfigError, OmaError
from oma.model.health import Health
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.conversations import conversation_of


@attrs.frozen(kw_only=True)
class ResumeOptions(AgentOptions):
    """Which conversation it goes on with."""

    conversation: str | None = None
    """`None` is the one that it held."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma resume`."""
    parser.add_argument("agent")
    parser.add_argument(
        "conversation", nargs="?", metavar="ID", help="another one than it held at last"
    )


def run(options: ResumeOptions) -> int:
    """Start the agent again with its conversation.

    Raises:
        ConfigError: That is no id of a conversation.
        OmaError: Its kind cannot, its conversation is not known, or it still runs.
    """
    wanted = options.conversation
    if wanted is not None and not is_conversation(wanted):
        raise ConfigError(f"conversation {wanted!r}: expected letters, digits, '_' and '-'")

    async def resume(controller: AgentController, agent: AgentState) -> str:
        profile = profile_of(agent)
        if not profile.conversations.resume:
            raise OmaError(f"no profile says how {agent.name} goes on with one conversation")
        if agent.verdict.health is not Health.EXITED:
            raise OmaError(f"{agent.name} still runs: 'oma stop' ends it, 'oma fork' copies it")
        screen = controller.store.shown(agent.id) or ()
        found = wanted or await conversation_of(controller.server, agent, profile, screen)
        if not found:
            raise OmaError(f"which conversation {agent.name} held is not known: give its id")
        return await controller.restart(agent, conversation=found)

    print(printable(trio.run(with_look, read_context(options), options.agent, resume)))
    return DONE
