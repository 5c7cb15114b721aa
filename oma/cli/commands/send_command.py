"""`oma send`: type a text into an agent, and say whether it was seen to arrive.

The proof is the echo: the text is on the agent's screen once more than before. An agent that shows
something else (a pasted block, a password prompt) gives none, and that is said.
"""

import argparse
import json
import sys
from pathlib import Path

import attrs
import trio

from oma.cli.arguments import add_flag, add_json
from oma.cli.cli_context import read_context
from oma.cli.one_agent import with_watch
from oma.cli.option_values import AgentOptions
from oma.errors import BlockedError, ConfigError, OmaError
from oma.model.intents import SendText
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController

STDIN = "-"
"""In place of the text: it is what comes on standard input."""


@attrs.frozen(kw_only=True)
class SendOptions(AgentOptions):
    """Which text is sent, and how."""

    text: tuple[str, ...] = ()
    file: str | None = None
    anyway: bool = False
    no_enter: bool = False
    json: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma send`."""
    parser.add_argument("agent")
    parser.add_argument("text", nargs="*", help="'-' reads it from standard input")
    parser.add_argument("--file", metavar="FILE", help="the text is in this file")
    add_flag(parser, "--anyway", "also to an agent that waits or holds a draft")
    add_flag(parser, "--no-enter", "leave the text unsent at its prompt")
    add_json(parser)


def run(options: SendOptions) -> int:
    """Send the text; 0 also when no echo proves that it arrived."""
    context, text = read_context(options), _text(options)

    async def send(controller: AgentController, agent: AgentState) -> None:
        act = SendText(agent.id, text, enter=not options.no_enter, anyway=options.anyway)
        try:
            arrived = await controller.send(act)
        except BlockedError as error:
            raise BlockedError(f"{error} (--anyway sends all the same)") from None
        _tell(options, agent.name, arrived=arrived)

    return trio.run(with_watch, context, options.agent, send)


def _text(options: SendOptions) -> str:
    """Return the text to send.

    Raises:
        ConfigError: There is none, or more than one.
        OmaError: The file cannot be read, or is no text.
    """
    words = options.text
    if bool(words) == (options.file is not None):
        raise ConfigError("oma send: give a text, '-' for standard input, or --file")
    if words and words != (STDIN,):
        return " ".join(words)
    source = STDIN if options.file is None else options.file
    try:
        data = sys.stdin.buffer.read() if source == STDIN else Path(source).read_bytes()
        return data.decode()
    except OSError as failure:
        raise OmaError(f"cannot read {source}: {(failure.strerror or '').lower()}") from None
    except UnicodeDecodeError:
        raise OmaError(f"{source}: the text is not in UTF-8") from None


def _tell(options: SendOptions, agent: str, *, arrived: bool) -> None:
    if options.json:
        print(json.dumps({"agent": agent, "echoed": arrived, "enter": not options.no_enter}))
    elif arrived:
        print(f"sent to {agent}: its screen shows the text")
    else:
        print(
            f"oma: sent to {agent}, but its screen does not show the text: "
            "whether it arrived cannot be told",
            file=sys.stderr,
        )
