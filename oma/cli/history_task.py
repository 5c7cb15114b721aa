"""The history as a task of the service."""

import sys
from datetime import datetime

import trio

from oma.cli.cli_context import CliContext
from oma.cli.history_place import history_of
from oma.cli.live import RunContext
from oma.config.length_kind import length_s
from oma.errors import OmaError
from oma.model.health import Transition
from oma.model.printable import printable
from oma.runtime.service.history_directory import HistoryDirectory
from oma.runtime.service.history_writer import HistoryWriter, keep_history
from oma.runtime.service.past_reader import read_past
from oma.store.store import MOST_TOLD


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
