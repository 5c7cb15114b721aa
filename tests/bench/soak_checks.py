"""What must hold after a soak; each check returns whether it does, and the figures."""

import json
import re
import statistics
import subprocess
import sys
from collections import Counter

from oma.model.events import (
    OutputLost,
    PaneCaptured,
    PaneClosed,
    PaneOutput,
    PaneSeen,
    SessionClosed,
)
from oma.model.pane_sampled import PaneSampled
from oma.recording.files import open_recording

NUMBERED = re.compile(rb"\r?(\d+)#(\d+)\.\r*")
MOST_GROWTH_MB = 10.0


def replayed(recording, lines):
    """A replay prints the very lines of the live run."""
    argv = [sys.executable, "-m", "oma", "replay", str(recording), "--json"]
    again = subprocess.run(argv, capture_output=True, check=False)
    live = lines.read_bytes()
    count = live.count(b"\n")
    text = f"{count} transitions, {len(live)} bytes; replay ended with {again.returncode}"
    return again.stdout == live and again.returncode == 0 and count > 0, text


def counters(recording, folder):
    """Every agent's numbers follow one another up to the last, or a gap is on record."""
    found = _Numbers()
    with open_recording(recording) as reader:
        for record in reader:
            found.take(record.event)
    found.end()
    missing = []
    for path in folder.iterdir():
        pid, count = int(path.name), int(path.read_text())
        if count != found.last.get(pid, 0) and pid not in found.open_gaps:
            missing.append((pid, count, found.last.get(pid, 0)))
    text = (
        f"{found.lines} lines of {len(found.last)} processes; gaps told: "
        f"{dict(found.gaps) or 'none'}; holes in silence: {found.holes or 'none'}; "
        f"ends that lack: {missing or 'none'}"
    )
    return found.lines > 0 and not found.holes and not missing, text


def looked_at(recording):
    """How many agents were looked at by captures, without a client, at the end."""
    found = _Numbers()
    with open_recording(recording) as reader:
        for record in reader:
            found.take(record.event)
    return len(found.looked_at())


class _Numbers:
    """The numbered lines of a recording, pane by pane, cut where the recording tells of a gap."""

    def __init__(self):
        self.lines = 0
        self.last = {}
        self.gaps = Counter()
        self.holes = []
        self.open_gaps = set()
        self._rest = {}
        self._within = {}
        self._session = {}
        self._pids = {}
        self._sampled = set()

    def take(self, event):
        match event:
            case PaneOutput(pane, data):
                self._output(pane, data)
            case PaneCaptured(data=data):
                self._captured(data)
            case OutputLost(pane, reason):
                self._cut(pane, reason)
            case PaneSampled(pane, reason):
                self._cut(pane, reason or "followed again")
                (self._sampled.add if reason else self._sampled.discard)(pane)
                self.open_gaps.add(self._pids.get(pane, 0))  # what its captures did not show
            case PaneSeen(pane, session, pid=pid):
                self._session[pane], self._pids[pane] = session, pid
            case PaneClosed(pane):
                self._cut(pane, "closed, or moved away")
                self._sampled.discard(pane)
            case SessionClosed(session):
                self._closed(session)
            case _:
                pass

    def end(self):
        for pane in list(self._rest):
            self._cut(pane, "end")
        self.gaps.pop("end", None)

    def looked_at(self):
        """Return the processes whose panes were looked at by captures at the end."""
        return {self._pids[pane] for pane in self._sampled}

    def _output(self, pane, data):
        *lines, self._rest[pane] = (self._rest.get(pane, b"") + data).split(b"\n")
        if lines and pane not in self._within:
            self._within[pane] = {}
            self._first(lines.pop(0))
        for line in lines:
            within = self._within[pane]
            numbered = NUMBERED.fullmatch(line)
            if numbered is None:
                continue
            pid, number = map(int, numbered.groups())
            before = within.get(pid)
            if before is not None and number != before + 1:
                self.holes.append((pane, pid, before, number))
            within[pid] = self.last[pid] = number
            self.lines += 1
            self.open_gaps.discard(pid)

    def _first(self, line):
        # After a gap it may lack its beginning: it counts as an end, where it is the next one.
        numbered = NUMBERED.fullmatch(line)
        if numbered is not None:
            pid, number = map(int, numbered.groups())
            if number == self.last.get(pid, 0) + 1:
                self.last[pid] = number

    def _cut(self, pane, reason):
        self.gaps[reason] += 1
        self._rest.pop(pane, None)
        self.open_gaps |= self._within.pop(pane, {}).keys()

    def _closed(self, session):
        for pane in [p for p, s in self._session.items() if s == session]:
            del self._session[pane]
            self._sampled.discard(pane)
            self._cut(pane, "session closed")

    def _captured(self, data):
        # What was printed before the pane was followed is on its screen.
        for line in data.split(b"\n"):
            if numbered := NUMBERED.fullmatch(line.rstrip()):
                pid, number = map(int, numbered.groups())
                self.last[pid] = max(number, self.last.get(pid, 0))


def existing(lines, agents):
    """The agents that the transitions leave alive are those that there are."""
    last = {}
    for line in lines.read_bytes().splitlines():
        found = json.loads(line)
        last[found["agent"]] = found
    gone = {"session-closed", "server-gone"}
    alive = {name for name, found in last.items() if found["reason"] not in gone}
    # A name that an agent had for a moment gets no word when it is given up.
    alive = {name for name in alive if not name.endswith("-new")}
    healths = Counter(last[name]["to"] for name in alive)
    differ = alive ^ agents
    return (
        not differ,
        f"{len(alive)} of {len(agents)}: {dict(healths)}; differ: {differ or 'none'}",
    )


def flatness(series):
    """The median of the last quarter is not far above that of the second."""
    quarter = max(1, len(series) // 4)
    values = [rss_mb for _, rss_mb in series]
    early = statistics.median(values[quarter : 2 * quarter] or values)
    late = statistics.median(values[-quarter:])
    half = series[len(series) // 2 :]
    slope = 0.0
    if len(half) > 1:
        slope = 3600 * statistics.linear_regression(*zip(*half, strict=True)).slope
    text = (
        f"second quarter {early:.1f} MB, last {late:.1f} MB, most {max(values):.1f} MB; "
        f"second half {slope:+.1f} MB per hour"
    )
    return late <= early + MOST_GROWTH_MB, text
