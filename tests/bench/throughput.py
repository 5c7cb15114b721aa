"""How much pane output one core takes, from the bytes of tmux to a verdict and a recording.

    python tests/bench/throughput.py [--agents 20] [--megabytes 8] [--tries 5] [--kind KIND]

Synthetic control streams go through everything that a live run does short of the pipes: parser,
follower, store, screens and rules, recorder and file; then the recording is replayed, without
screens and with them. The clock is the CPU time of this process, so that other work on the machine
changes nothing but the caches: what a core takes that has nothing else to do. "paced" is what the
same frames cost where each agent paints ten a second, as far apart as these then are, so that
every one is looked at. Prints MB of pane output and events, each per CPU second.
"""

import argparse
import itertools
import statistics
import tempfile
import time
from pathlib import Path

import attrs
import trio

from oma.config.profiles import packaged_profiles
from oma.detection.thresholds import Thresholds
from oma.model import events as ev
from oma.model.ids import PaneId, SessionId, WindowId
from oma.recording.files import RecordingFile, open_recording
from oma.recording.recording_format import Header, encode_header, encode_record
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.store.store import Store
from oma.tmux.follower import Follower
from oma.tmux.pane_inventory import PaneInventory
from oma.tmux.parser import ControlParser
from tests.support.wire_events import escape

COLUMNS, ROWS = 120, 40
READ_BYTES = 65536
RULER = "─" * COLUMNS
CLAUDE = f"\x1b[2J\x1b[H● Some text\r\n\x1b[36;1H{RULER}\r\n❯ \r\n{RULER}\r\n  esc to interrupt"


def frames():
    for number in itertools.count():
        spinner = "✢✳✶✻✽"[number % 5]
        yield (
            f"\x1b[34;1H\x1b[K\x1b[33m{spinner}\x1b[0m Working on item {number // 50} of many… "
            f"\x1b[2m({number // 10}s · ↑ {number * 7} tokens · thinking)\x1b[0m\x1b[37;3H"
        )


def text():
    for number in itertools.count():
        yield "".join(
            f"src/module_{number}/file_{line}.py: line {line * 7}: a plain line of output\r\n"
            for line in range(30)
        )


def redraws():
    for number in itertools.count():
        yield "\x1b[H" + "\r\n".join(
            "".join(
                f"\x1b[38;5;{(row + word + number) % 200 + 20}mword{(word * row) % 97:<6}\x1b[0m"
                for word in range(11)
            )
            for row in range(ROWS)
        )


KINDS = {
    "paced": ("claude", frames, 1),
    "frame a read": ("claude", frames, 1),
    "frames": ("claude", frames, READ_BYTES),
    "text": ("bash", text, READ_BYTES),
    "redraws": ("bash", redraws, READ_BYTES),
}
"""Name → the program, what it prints, and how many bytes a read of ours brings at the least."""


@attrs.frozen
class Agent:
    """One agent: its control client, its screen, what it goes on to print."""

    number: int
    program: str
    parser: ControlParser
    follower: Follower

    @property
    def pane(self):
        return PaneId(f"%{self.number}")

    def facts(self):
        session = SessionId(f"${self.number}")
        yield ev.SessionOpened(session, f"oma-agent-{self.number}")
        yield ev.PaneSeen(
            self.pane,
            session,
            WindowId(f"@{self.number}"),
            100,
            self.program,
            "",
            "/",
            COLUMNS,
            ROWS,
            idle_s=0.0,
        )
        screen = CLAUDE.encode() if self.program == "claude" else b"$ make\n"
        yield ev.PaneCaptured(self.pane, COLUMNS, ROWS, 0, 0, False, screen)


def reads(agents, printed, least_bytes, total_bytes):
    """Return what the clients of the agents read, in turn, and how much of it is pane output."""
    made, output_bytes = [], 0
    for number in itertools.count():
        if output_bytes >= total_bytes:
            return made, output_bytes
        agent, read = agents[number % len(agents)], b""
        while len(read) < least_bytes:
            data = next(printed).encode()
            output_bytes += len(data)
            read += b"%%extended-output %s 0 : %s\n" % (agent.pane.encode(), escape(data))
        made.append((agent, read))
    raise AssertionError


def live(kind, options, path):
    """Take a stream into a recording; return the output in bytes and the CPU seconds."""
    program, printed, least_bytes = KINDS[kind]
    agents = [
        Agent(
            number,
            program,
            ControlParser(),
            Follower(SessionId(f"${number}"), PaneInventory()),
        )
        for number in range(options.agents)
    ]
    stream, output_bytes = reads(agents, printed(), least_bytes, options.megabytes * 1_000_000)
    for agent in agents:
        agent.parser.feed(b"%begin 1 1 0\n%end 1 1 0\n")
    clock = paced(len(agents)) if kind == "paced" else elapsed()
    return output_bytes, trio.run(fold, agents, stream, path, clock)


def paced(agents):
    turns = itertools.count()
    return lambda: next(turns) * 0.1 / agents / 2  # asked twice a read


def elapsed():
    began_s = time.process_time()
    return lambda: time.process_time() - began_s


async def fold(agents, stream, path, clock):
    store = Store(Fleet(rules()), clock)
    tail = store.tail()
    with RecordingFile.create(path) as file:
        file.write(encode_header(header()))
        store.append(ev.ServerConnected("3.3a"))
        for agent in agents:
            for fact in agent.facts():
                store.append(fact)
        began_s = time.process_time()
        for agent, read in stream:
            for event in agent.follower.receive(agent.parser.feed(read)):
                store.append(event)
            if store.next_deadline_s <= clock():
                store.pass_time()
            file.write(b"".join([encode_record(step.record) for step in await tail.receive()]))
        return time.process_time() - began_s


def replay(path, *, screens):
    """Fold a recording; return the records and the CPU seconds."""
    fleet, records = Fleet(rules()), 0
    began_s = time.process_time()
    with open_recording(path) as reader:
        for record in reader:
            records += 1
            fleet.advance(record.t)
            if screens or type(record.event) is not ev.PaneCaptured:
                fleet.fold(record)
    return records, time.process_time() - began_s


def rules():
    return Rules(
        packaged_profiles(),
        Thresholds(
            idle_warning_s=60,
            idle_critical_s=300,
            error_patterns=("error", "failed", "rate limit", "exception"),
            error_settle_s=1,
        ),
    )


def header():
    return Header(1, "2026-01-01T00:00:00Z", "3.3a", "bench", {}, {})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--tries", type=int, default=5)
    parser.add_argument("--kind", choices=KINDS)
    options = parser.parse_args()
    for kind in [options.kind] if options.kind else KINDS:
        figures = {"MB/s live": [], "events/s replayed": [], "with screens": []}
        for _ in range(options.tries):
            with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
                path = Path(folder, "recording.jsonl")
                output_bytes, spent_s = live(kind, options, path)
                figures["MB/s live"].append(output_bytes / 1e6 / spent_s)
                for name, screens in (("events/s replayed", False), ("with screens", True)):
                    records, replayed_s = replay(path, screens=screens)
                    figures[name].append(records / replayed_s)
        print(f"{kind} ({records} records)")
        for name, found in figures.items():
            print(
                f"    {name:>18}: min {min(found):,.1f}  median {statistics.median(found):,.1f}  "
                f"max {max(found):,.1f}"
            )


if __name__ == "__main__":
    main()
