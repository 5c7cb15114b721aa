"""`oma answer`: choose an option of the dialog that an agent shows; or only say what it asks."""

import argparse

import attrs
import trio

from oma.cli.cli_context import read_context
from oma.cli.one_agent import with_watch
from oma.cli.option_values import AgentOptions
from oma.errors import OmaError
from oma.model.dialog import Dialog
from oma.model.intents import AnswerDialog
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


@attrs.frozen(kw_only=True)
class AnswerOptions(AgentOptions):
    """Which option is chosen, and of which dialog."""

    key: str | None = None
    to: str | None = None
    """The fingerprint of the dialog that is meant."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma answer`."""
    parser.add_argument("agent")
    parser.add_argument(
        "key", nargs="?", help="of the option, as it is shown; without one, say what is asked"
    )
    parser.add_argument(
        "--to", metavar="FINGERPRINT", help="only if this is still what the agent asks"
    )


def run(options: AnswerOptions) -> int:
    """Print what the agent asks, and answer it where a key is given."""

    async def answer(controller: AgentController, agent: AgentState) -> None:
        dialog = agent.dialog
        if dialog is None:
            raise OmaError(f"{agent.name} asks nothing")
        if options.key is None:
            _show(dialog)
            return
        fingerprint = options.to or dialog.fingerprint
        said = await controller.carry_out(AnswerDialog(agent.id, options.key, fingerprint))
        print(printable(dialog.asked))
        print(printable(said))

    return trio.run(with_watch, read_context(options), options.agent, answer)


def _show(dialog: Dialog) -> None:
    print(printable(dialog.asked))
    for option in dialog.options:
        print(
            f"{'*' if option.chosen else ' '} {printable(option.key)}. {printable(option.label)}"
        )
    print(f"fingerprint: {dialog.fingerprint}")
