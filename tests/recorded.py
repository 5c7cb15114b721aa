"""Reads recordings back, and waits for what a test is about to see."""

import trio

from oma.model.events import PaneOutput
from oma.recording.files import open_recording

PATIENCE_S = 20.0


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


async def until(condition, within_s=PATIENCE_S):
    """Wait until `condition()` is true, and return what it gave."""
    with trio.fail_after(within_s):
        while not (found := condition()):  # noqa: ASYNC110  # other processes give us no event
            await trio.sleep(0.02)
    return found
