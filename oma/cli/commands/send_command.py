"""`oma send`: type a text into an agent, and say whether it was seen to arrive.

The proof is the echo: the text is on the agent's screen once more than before. An agent that shows
something else (a pasted block, a password prompt) gives none, and that is said.
"""

import argparse
import json
import sys

import attrs
import trio

from oma.cli.agent_filter import filter_of
from oma.cli.arguments import add_flag, add_json
from oma.cli.broadcast import Broadcast
from oma.cli.cli_context import CliContext, read_context
from oma.cli.given_text import STDIN, given_text
from oma.cli.one_agent import with_watch
from oma.cli.option_values import GlobalOptions
from oma.cli.printed_shapes import SentDocument
from oma.errors import BlockedError, ConfigError
from oma.model.intents import SendText
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


@attrs.frozen(kw_only=True)
class SendOptions(GlobalOptions):
    """Which text is sent, to whom, and how."""

    agent: str | None = None
    """Whom; where several are meant, the first word of the text."""
    all: bool = False
    filter: str | None = None
    text: tuple[str, ...] = ()
    file: str | None = None
    anyway: bool = False
    no_enter: bool = False
    json: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma send`."""
    parser.add_argument("agent", nargs="?", help="none where --all or --filter is given")
    parser.add_argument("text", nargs="*", help="'-' reads it from standard input")
    parser.add_argument("--file", metavar="FILE", help="the text is in this file")
    add_flag(parser, "--all", "to all agents; asks once, with their names")
    parser.add_argument(
        "--filter", metavar="F", help="to those that fit, as in the dashboard; asks"
    )
    add_flag(parser, "--anyway", "also to an agent that waits or holds a draft")
    add_flag(parser, "--no-enter", "leave the text unsent at its prompt")
    add_json(parser)


def run(options: SendOptions) -> int:
    """Send the text; 0 also when no echo proves that it arrived.

    Raises:
        ConfigError: The options exclude each other, or no agent is named.
        OmaError: It was not sent.
    """
    context = read_context(options)
    if options.all or options.filter is not None:
        return _broadcast(context, options)
    if options.agent is None:
        raise ConfigError("oma send: expected an agent, --all or --filter")
    text = given_text(options.text, options.file, "oma send")

    async def send(controller: AgentController, agent: AgentState) -> None:
        act = SendText(agent.id, text, enter=not options.no_enter, anyway=options.anyway)
        try:
            arrived = await controller.send(act)
        except BlockedError as error:
            raise BlockedError(f"{error} (--anyway sends all the same)") from None
        _tell(options, agent.name, arrived=arrived)

    return trio.run(with_watch, context, options.agent, send)


def _broadcast(context: CliContext, options: SendOptions) -> int:
    if options.all and options.filter is not None:
        raise ConfigError("oma send: --all and --filter: give one")
    if options.json or options.no_enter:
        raise ConfigError("oma send: --json and --no-enter are for one agent")
    words = tuple(word for word in (options.agent, *options.text) if word is not None)
    if words == (STDIN,) or options.file == STDIN:
        raise ConfigError("oma send: standard input answers the question; give --file")
    text = given_text(words, options.file, "oma send")
    meant = filter_of(context.config, options.filter)
    broadcast = Broadcast(context, text, meant, options.anyway)
    return trio.run(broadcast.run)


def _tell(options: SendOptions, agent: str, *, arrived: bool) -> None:
    if options.json:
        told: SentDocument = {"agent": agent, "echoed": arrived, "enter": not options.no_enter}
        print(json.dumps(told))
    elif arrived:
        print(f"sent to {agent}: its screen shows the text")
    else:
        print(
            f"oma: sent to {agent}, but its screen does not show the text: "
            "whether it arrived cannot be told",
            file=sys.stderr,
        )
