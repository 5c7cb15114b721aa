"""Reads recordings back, and waits for what a test is about to see."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from oma.model.events import Event, PaneOutput, Record
from oma.model.ids import PaneId
from oma.recording.files import open_recording
from tests.support.patience import look_until

_Event = TypeVar("_Event", bound=Event)
_Found = TypeVar("_Found")


def records(path: Path) -> list[Record]:
    """Return the records that the file holds so far."""
    if not path.exists() or not path.read_bytes().count(b"\n"):
        return []
    with open_recording(path) as reader:
        return list(reader)


def events(path: Path, *kinds: type[_Event]) -> list[_Event]:
    """Return the events of these classes that the file holds so far."""
    return [record.event for record in records(path) if isinstance(record.event, kinds)]


def printed(path: Path, pane: PaneId) -> bytes:
    """Return what the pane printed, as far as it is recorded."""
    return b"".join(event.data for event in events(path, PaneOutput) if event.pane == pane)


async def until(condition: Callable[[], _Found]) -> _Found:
    """Wait until `condition()` is true, and return what it gave."""
    found = await look_until(condition)
    assert found, "it never came true"
    return found
