"""`oma answer`: choose an option of the dialog that an agent shows; or only say what it asks."""

import argparse

import trio

from oma.cli.context import read_context
from oma.cli.one_agent import with_watch
from oma.errors import OmaError
from oma.model.dialog import Dialog
from oma.model.intents import AnswerDialog
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


def run(arguments: argparse.Namespace) -> int:
    """Print what the agent asks, and answer it where a key is given."""

    async def answer(controller: AgentController, agent: AgentState) -> None:
        dialog = agent.dialog
        if dialog is None:
            message = f"{agent.name} asks nothing"
            raise OmaError(message)
        if arguments.key is None:
            _show(dialog)
            return
        fingerprint = arguments.to or dialog.fingerprint
        said = await controller.carry_out(AnswerDialog(agent.id, arguments.key, fingerprint))
        print(printable(dialog.asked))
        print(printable(said))

    return trio.run(with_watch, read_context(arguments), arguments.agent, answer)


def _show(dialog: Dialog) -> None:
    print(printable(dialog.asked))
    for option in dialog.options:
        print(
            f"{'*' if option.chosen else ' '} {printable(option.key)}. {printable(option.label)}"
        )
    print(f"fingerprint: {dialog.fingerprint}")
