"""Where `oma jump` and `oma next` can be used: they move a tmux client that is there already."""

import os

from oma.cli.cli_context import CliContext
from oma.errors import OmaError
from oma.runtime.display.attach import runs_inside


def check_inside(context: CliContext, client: str | None, instead: str) -> None:
    """See that there is a client to move: one that is named, or that we run in.

    Args:
        context: Says which tmux server.
        client: Its terminal, where the command line names one.
        instead: The command that does it elsewhere.

    Raises:
        OmaError: We run outside of that tmux server.
    """
    if client is None and not runs_inside(context.socket, os.environ):
        raise OmaError(f"this terminal is not in that tmux server: use '{instead}'")
