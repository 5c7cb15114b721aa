"""Agents that count, recordings of them, and whether a replay says what the live run said."""

from pathlib import Path

from oma.model.events import OutputLost, PaneClosed, PaneOutput, PaneSeen
from oma.model.ids import PaneId, SessionId
from tests.support.oma_process import oma
from tests.support.recorded import records

COUNTING = 'n=0; while :; do n=$((n + 1)); echo "line $n."; sleep 0.01; done'
"""A hundred numbered lines in a second, or fewer."""

FLOODING = """
n=0
while :; do seq -f 'line %.0f.' $((n + 1)) $((n + 1000)); n=$((n + 1000)); sleep 0.05; done
"""
"""A thousand at once, again and again."""


def parts(path: Path, pane: PaneId) -> list[list[int]]:
    """Return the numbers of a pane's whole lines, cut where the recording tells of a gap."""
    found: list[list[bytes]] = [[]]
    for record in records(path):
        event = record.event
        if getattr(event, "pane", None) != pane:
            continue
        if isinstance(event, PaneOutput):
            found[-1].append(event.data)
        elif isinstance(event, OutputLost | PaneClosed):
            found.append([])
    return [numbers for data in found if (numbers := _numbers(b"".join(data)))]


def sessions_counted_in(path: Path, pane: PaneId) -> list[SessionId | None]:
    """Return the sessions that the pane was in as it printed a line, one after the other."""
    found: list[SessionId | None] = []
    session: SessionId | None = None
    for record in records(path):
        event = record.event
        if getattr(event, "pane", None) != pane:
            continue
        if isinstance(event, PaneSeen):
            session = event.session
        elif isinstance(event, PaneOutput) and b"line " in event.data and found[-1:] != [session]:
            found.append(session)
    return found


def _numbers(data: bytes) -> list[int]:
    # A gap may cut the first line and the last.
    lines = [line.rstrip(b"\r").removesuffix(b".").split() for line in data.split(b"\n")[1:-1]]
    return [int(words[1]) for words in lines if len(words) == 2 and words[0] == b"line"]


def has_no_hole(path: Path, pane: PaneId) -> bool:
    """Whether there are lines, and not one is missing between two gaps that are told."""
    found = parts(path, pane)
    return bool(found) and all(map(_follow_one_another, found))


def _follow_one_another(numbers: list[int]) -> bool:
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


async def replay_lines(path: Path) -> list[str]:
    """Return the lines that a replay of the recording prints."""
    again = await oma("replay", path, "--json")
    assert again.returncode == 0, again.stderr
    return again.stdout.decode().splitlines()
