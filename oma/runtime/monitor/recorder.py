"""Writes every record to a file. A recording that fails ends loudly, and never the monitor.

Lines are encoded on the loop and written in a worker thread, so that a slow disk delays nobody;
what accumulates meanwhile waits in the tail, which is bounded. What was recorded reaches the file
at each transition, and within `FLUSH_S` otherwise; what goes through a pipe within `PIPE_FLUSH_S`, as
somebody follows it.
"""

import math

import attrs
import trio

from oma.errors import RecordingError
from oma.recording.files import RecordingFile
from oma.recording.recording_format import Header, encode_header, encode_record
from oma.store.tail import Tail

FLUSH_S = 0.2
"""The most that a killed `oma` loses of its recording."""

PIPE_FLUSH_S = 0.01

GATHER_S = 0.02
"""How long records gather: to wake for each of them costs more than to write it."""


@attrs.define
class Recorder:
    """One recording in progress."""

    file: RecordingFile
    tail: Tail
    flush_s: float = FLUSH_S
    """How long what was recorded may wait."""
    _unwritten: bytearray = attrs.Factory(bytearray)
    _flush_at: float = math.inf

    async def run(self, header: Header) -> None:
        """Write until the tail ends.

        Raises:
            RecordingError: The file cannot be written, or the disk was too slow for too long; what
                was flushed before stays.
            BrokenPipeError: Nobody reads it any more.
        """
        try:
            self._unwritten += encode_header(header)
            await self._flush()
            while await self._take():
                pass
            await self._flush()
        finally:
            with trio.CancelScope(shield=True):
                await trio.to_thread.run_sync(self.file.close)
        if self.tail.cut_off:
            raise RecordingError("the recording ends here: the disk was too slow for the output")

    async def _take(self) -> bool:
        with trio.move_on_at(self._flush_at):
            steps = await self.tail.receive()
            if not steps:
                return False
            for step in steps:
                self._unwritten += encode_record(step.record)
            if not any(step.transitions for step in steps):
                self._flush_at = min(self._flush_at, trio.current_time() + self.flush_s)
                await trio.sleep(min(GATHER_S, self.flush_s))
                return True
        await self._flush()
        return True

    async def _flush(self) -> None:
        self._flush_at = math.inf
        data, self._unwritten = bytes(self._unwritten), bytearray()
        await trio.to_thread.run_sync(self._write, data)

    def _write(self, data: bytes) -> None:
        self.file.write(data)
        self.file.flush()
