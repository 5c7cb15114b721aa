"""Where the history of a tmux server is kept."""

import os

from oma.cli.cli_context import CliContext
from oma.config.places import state_directory
from oma.errors import OmaError
from oma.runtime.service.history_directory import HistoryDirectory, history_name
from oma.runtime.service.service_address import service_address


def history_of(context: CliContext) -> HistoryDirectory:
    """Return the history of the tmux server.

    Raises:
        OmaError: No directory for it is known.
    """
    state = state_directory(os.environ)
    if state is None:
        raise OmaError("no history: neither XDG_STATE_HOME nor HOME names a directory")
    name = history_name(service_address(context.socket, os.environ).socket)
    return HistoryDirectory(state / "history", name)
