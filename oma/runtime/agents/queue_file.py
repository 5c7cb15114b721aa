"""The file of queued prompts of one tmux server: changed by whoever holds its lock, replaced at once.

It outlives the server, in the user's directory for state, mode 0600.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.model.ids import PaneId
from oma.model.prompts import WAITING, Addressee, Prompt, PromptQueue

_Stamp = tuple[int, int, int]


@attrs.frozen
class QueueFile:
    """The queue of one server.

    Args:
        path: Of the file; its directory is made when something is written.
    """

    path: Path

    def stamp(self) -> _Stamp | None:
        """Return what is another one after each change; `None` where there is no file."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def read(self) -> PromptQueue:
        """Return the queue.

        Raises:
            OmaError: The file cannot be read, or is none of ours.
        """
        try:
            found = json.loads(self.path.read_bytes())
            return _queue(found)
        except FileNotFoundError:
            return PromptQueue()
        except OSError as failure:
            raise OmaError(f"cannot read {self.path}: {failure.strerror}") from None
        except (ValueError, TypeError, LookupError, AttributeError):
            raise OmaError(f"{self.path} is no queue of prompts: remove it") from None

    def change(self, change: Callable[[PromptQueue], PromptQueue]) -> PromptQueue:
        """Change the queue, after all others who do, and return it; it is on the disk then.

        Raises:
            OmaError: It cannot be read or written.
        """
        with self._alone():
            before = self.read()
            queue = change(before)
            if queue != before:
                self._write(queue)
        return queue

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
            descriptor = os.open(self.path.with_suffix(".lock"), flags, 0o600)
        except OSError as failure:
            raise OmaError(f"cannot write {self.path}: {failure.strerror}") from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # others hold it for milliseconds
            yield
        finally:
            os.close(descriptor)

    def _write(self, queue: PromptQueue) -> None:
        new = self.path.with_suffix(".new")
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(attrs.asdict(queue), file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
        except OSError as failure:
            raise OmaError(f"cannot write {self.path}: {failure.strerror}") from None


def _queue(found: dict[str, object]) -> PromptQueue:
    prompts, stopped, number = found["prompts"], found["stopped"], found["next_number"]
    if not (isinstance(prompts, list) and isinstance(stopped, list) and isinstance(number, int)):
        raise TypeError
    return PromptQueue(
        tuple(
            Prompt(int(each["number"]), _addressee(each["to"]), str(each["text"]), _state(each))
            for each in prompts
        ),
        tuple((_addressee(to), str(why)) for to, why in stopped),
        number,
    )


def _state(found: dict[str, object]) -> str:
    return str(found.get("state", WAITING))


def _addressee(found: dict[str, str]) -> Addressee:
    names = found["name"], found["lasting_name"]
    return Addressee(found["server"], PaneId(found["pane"]), *names)
