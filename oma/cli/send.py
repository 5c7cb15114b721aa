"""`oma send`: type a text into an agent, and say whether it was seen to arrive.

The proof is the echo: the text is on the agent's screen once more than before. An agent that shows
something else (a pasted block, a password prompt) gives none, and that is said.
"""

import argparse
import json
import sys
from pathlib import Path

import trio

from oma.cli.context import read_context
from oma.cli.one_agent import with_watch
from oma.errors import BlockedError, ConfigError, OmaError
from oma.model.intents import SendText
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController

STDIN = "-"
"""In place of the text: it is what comes on standard input."""


def run(arguments: argparse.Namespace) -> int:
    """Send the text; 0 also when no echo proves that it arrived."""
    context, text = read_context(arguments), _text(arguments)

    async def send(controller: AgentController, agent: AgentState) -> None:
        act = SendText(agent.id, text, enter=not arguments.no_enter, anyway=arguments.anyway)
        try:
            arrived = await controller.send(act)
        except BlockedError as error:
            message = f"{error} (--anyway sends all the same)"
            raise BlockedError(message) from None
        _tell(arguments, agent.name, arrived=arrived)

    return trio.run(with_watch, context, arguments.agent, send)


def _text(arguments: argparse.Namespace) -> str:
    """Return the text to send.

    Raises:
        ConfigError: There is none, or more than one.
        OmaError: The file cannot be read, or is no text.
    """
    words: list[str] = arguments.text
    if bool(words) == (arguments.file is not None):
        message = "oma send: give a text, '-' for standard input, or --file"
        raise ConfigError(message)
    if words and words != [STDIN]:
        return " ".join(words)
    source = STDIN if words else arguments.file
    try:
        data = sys.stdin.buffer.read() if source == STDIN else Path(source).read_bytes()
        return data.decode()
    except OSError as failure:
        message = f"cannot read {source}: {(failure.strerror or '').lower()}"
        raise OmaError(message) from None
    except UnicodeDecodeError:
        message = f"{source}: the text is not in UTF-8"
        raise OmaError(message) from None


def _tell(arguments: argparse.Namespace, agent: str, *, arrived: bool) -> None:
    if arguments.json:
        print(json.dumps({"agent": agent, "echoed": arrived, "enter": not arguments.no_enter}))
    elif arrived:
        print(f"sent to {agent}: its screen shows the text")
    else:
        print(
            f"oma: sent to {agent}, but its screen does not show the text: "
            "whether it arrived cannot be told",
            file=sys.stderr,
        )
