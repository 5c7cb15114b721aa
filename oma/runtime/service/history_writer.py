"""Writes the log into a history: recordings that follow one another, bounded in time and in bytes.

A disk that is slow or full ends the history with one line, and never the service.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import attrs
import trio

from oma.errors import OmaError
from oma.recording.files import RecordingFile
from oma.recording.recording_format import Header
from oma.recording.segments import is_full
from oma.runtime.clock import epoch_s, wall_time
from oma.runtime.log_encoder import LogEncoder
from oma.runtime.service.change_encoder import ChangeEncoder
from oma.runtime.service.history_directory import HistoryDirectory, changes_path
from oma.runtime.service.summary_file import keep_summary
from oma.store.store import Store
from oma.store.tail import Tail

GATHER_S = 1.0
"""How long records gather: more than that of the past is not lost when this process is killed."""


@attrs.define
class HistoryWriter:
    """Keeps the history of one log.

    Args:
        directory: Where.
        header: Of the log.
        store: Of the log.
        keep_s: How long the past is kept.
        most_bytes: How much of it.
        now_s: Seconds since the epoch.
    """

    directory: HistoryDirectory
    header: Header
    store: Store
    keep_s: float
    most_bytes: int
    now_s: Callable[[], float] = epoch_s
    _complete: Path | None = None
    """The recording before, until its changes are summed up."""

    async def run(self) -> None:
        """Write until the log ends.

        Raises:
            OmaError: The disk does not take it.
        """
        is_over = False
        while not is_over:
            encoder, tail = LogEncoder(self.header, self.store), self.store.tail()
            started_at = wall_time()
            began = encoder.begun(started_at)
            changes = ChangeEncoder(self.store, datetime.fromisoformat(started_at))
            tail.take()  # what time alone changed meanwhile stands already
            try:
                is_over = await self._write(encoder, changes, tail, began)
            finally:
                self.store.leave(tail)

    async def _write(
        self, encoder: LogEncoder, changes: ChangeEncoder, tail: Tail, began: bytes
    ) -> bool:
        """Write one recording; say whether the log has ended."""
        began_s = self.now_s()
        path = await trio.to_thread.run_sync(self.directory.new, began_s)
        with (
            await trio.to_thread.run_sync(RecordingFile.create, path) as file,
            await trio.to_thread.run_sync(RecordingFile.create, changes_path(path)) as beside,
        ):
            await trio.to_thread.run_sync(_put, file, began)
            await trio.to_thread.run_sync(_put, beside, changes.begun())
            await trio.to_thread.run_sync(
                self.directory.prune, began_s, self.keep_s, self.most_bytes
            )
            if self._complete is not None:  # now that nothing is missed meanwhile
                await trio.to_thread.run_sync(keep_summary, self._complete)
            self._complete = path
            try:
                while steps := await tail.receive():
                    await trio.to_thread.run_sync(_put, file, encoder.told(steps))
                    if told := changes.told(steps):
                        await trio.to_thread.run_sync(_put, beside, told)
                    size = path.stat().st_size
                    if is_full(size, self.now_s() - began_s, self.most_bytes):
                        steps = tail.take()  # so that the next one follows this one
                        file.write(encoder.told(steps))
                        beside.write(changes.told(steps))
                        return False
                    await trio.sleep(GATHER_S)
                return not tail.cut_off
            finally:
                beside.write(changes.ended())


def _put(file: RecordingFile, data: bytes) -> None:
    file.write(data)
    file.flush()


async def keep_history(writer: HistoryWriter, say: Callable[[str], None]) -> None:
    """Write a history until the log ends; `say` is told when it cannot be written."""
    try:
        await writer.run()
    except OmaError as error:
        say(f"no history is kept from now on: {error}")
