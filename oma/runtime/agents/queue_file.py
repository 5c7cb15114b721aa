"""The file of queued prompts of one tmux server; it outlives the server."""

from collections.abc import Callable

import attrs

from oma.errors import OmaError
from oma.files.locked_file import LockedFile, Stamp
from oma.model.prompts import PromptQueue
from oma.runtime.agents.queue_lines import change_line, read_whole, whole_line, with_changes

SPARE_LINES = 200
"""How many changes the file holds beyond two for each prompt before it is written anew."""


@attrs.define
class QueueFile:
    """The queue of one server.

    A change is a line behind the others, and made when that line is whole: what a writer left that ended while it
    wrote counts for nothing.

    Args:
        file: Where it is.
    """

    file: LockedFile
    _known: tuple[bytes, PromptQueue] = (b"", PromptQueue())
    """The lines that were read last, and what they say: the next reader reads on from there."""

    def stamp(self) -> Stamp | None:
        """Return what is another one after each change; `None` where there is no file."""
        return self.file.stamp()

    def read(self) -> PromptQueue:
        """Return the queue.

        Raises:
            OmaError: The file cannot be read, or is none of ours.
        """
        return self._queue(self.file.read_bytes())

    def change(self, change: Callable[[PromptQueue], PromptQueue]) -> PromptQueue:
        """Change the queue, after all others who do, and return it; it is on the disk then.

        Raises:
            OmaError: It cannot be read or written.
        """
        with self.file.alone():
            data = self.file.read_bytes()
            before = self._queue(data)
            queue = change(before)
            if queue == before:
                return before
            line = change_line(before, queue) if _takes_more(data or b"", queue) else None
            if line is None:
                self.file.replace(whole_line(queue))
            else:
                self.file.append(line)
        return queue

    def _queue(self, data: bytes | None) -> PromptQueue:
        if data is None:
            return PromptQueue()
        known, queue = self._known
        try:
            if not known or not data.startswith(known):
                known = data[: data.find(b"\n") + 1] or data
                queue = read_whole(known)
            lines = data[len(known) :].split(b"\n")[:-1]
            queue = with_changes(queue, lines)
        except (ValueError, TypeError, LookupError, AttributeError):
            raise OmaError(f"{self.file.path} is no queue of prompts: remove it") from None
        self._known = data[: data.rfind(b"\n") + 1], queue
        return queue


def _takes_more(data: bytes, queue: PromptQueue) -> bool:
    """Say whether one more change is written behind the others."""
    most = SPARE_LINES + 2 * len(queue.prompts)
    return bool(queue.prompts) and data.endswith(b"\n") and data.count(b"\n") <= most
