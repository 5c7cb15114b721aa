"""The file of queued prompts of one tmux server; it outlives the server."""

from collections.abc import Callable

import attrs

from oma.errors import OmaError
from oma.model.ids import PaneId
from oma.model.prompts import WAITING, Addressee, Prompt, PromptQueue
from oma.runtime.locked_file import LockedFile, Stamp


@attrs.frozen
class QueueFile:
    """The queue of one server.

    Args:
        file: Where it is.
    """

    file: LockedFile

    def stamp(self) -> Stamp | None:
        """Return what is another one after each change; `None` where there is no file."""
        return self.file.stamp()

    def read(self) -> PromptQueue:
        """Return the queue.

        Raises:
            OmaError: The file cannot be read, or is none of ours.
        """
        try:
            found = self.file.read()
            return PromptQueue() if found is None else _queue(found)
        except (ValueError, TypeError, LookupError, AttributeError):
            raise OmaError(f"{self.file.path} is no queue of prompts: remove it") from None

    def change(self, change: Callable[[PromptQueue], PromptQueue]) -> PromptQueue:
        """Change the queue, after all others who do, and return it; it is on the disk then.

        Raises:
            OmaError: It cannot be read or written.
        """
        with self.file.alone():
            before = self.read()
            queue = change(before)
            if queue != before:
                self.file.write(attrs.asdict(queue))
        return queue


def _queue(found: object) -> PromptQueue:
    if not isinstance(found, dict):
        raise TypeError
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
