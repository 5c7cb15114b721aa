"""Reads recordings back, and waits for what a test is about to see."""

from oma.model.events import PaneOutput
from oma.recording.files import open_recording
from tests.support.patience import look_until


def records(path):
    """Return the records that the file holds so far."""
    if not path.exists() or not path.read_bytes().count(b"\n"):
        return []
    with open_recording(path) as reader:
        return list(reader)


def events(path, *kinds):
    """Return the events of these classes that the file holds so far."""
    return [record.event for record in records(path) if isinstance(record.event, kinds)]


def printed(path, pane):
    """Return what the pane printed, as far as it is recorded."""
    return b"".join(event.data for event in events(path, PaneOutput) if event.pane == pane)


async def until(condition):
    """Wait until `condition()` is true, and return what it gave."""
    found = await look_until(condition)
    assert found, "it never came true"
    return found
