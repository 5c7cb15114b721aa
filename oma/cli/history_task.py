"""The history as a task of the service, and where it is."""

import os
import sys
from datetime import datetime

import trio

from oma.cli.cli_context import CliContext
from oma.cli.live import RunContext
from oma.config.length_kind import length_s
from oma.config.places import state_directory
from oma.errors import OmaError
from oma.model.health import Transition
from oma.model.printable import printable
from oma.runtime.service.history_directory import HistoryDirectory
from oma.runtime.service.history_writer import HistoryWriter, history_name, keep_history
from oma.runtime.service.past_reader import read_past
from oma.runtime.service.service_address import service_address
from oma.store.store import MOST_TOLD


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


async def write_history(context: CliContext, live: RunContext) -> None:
    """Keep the history of the run, as far as the configuration asks for it."""
    options = context.config.history
    keep_s = length_s(options.keep)
    if not keep_s:
        return
    try:
        directory = history_of(context)
    except OmaError as error:
        _say(str(error))
        return
    began = datetime.fromisoformat(live.clock.started_at)
    live.store.told.extendleft(reversed(await trio.to_thread.run_sync(_past, directory, began)))
    writer = HistoryWriter(directory, live.header, live.store, keep_s, options.max_bytes)
    await keep_history(writer, _say)


def _past(directory: HistoryDirectory, began: datetime) -> list[Transition]:
    try:
        return read_past(directory, began)[-(MOST_TOLD // 2) :]
    except OmaError:
        return []  # whoever writes there says it


def _say(words: str) -> None:
    print(f"oma: {printable(words)}", file=sys.stderr)
