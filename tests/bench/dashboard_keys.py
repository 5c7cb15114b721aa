"""How soon a dashboard of very many agents answers each kind of key.

    python tests/bench/dashboard_keys.py [--agents 1000] [--size 200x50] [--times 20]

Makes a recording of that many agents, lets `oma replay` show its end on a pseudo terminal of this script,
and presses keys: the time is that from the key to the first byte that is painted because of it; how long of it
the dashboard was on the processor tells its own work from that of others. What a
replay costs beside a dashboard (the state is put together anew for each frame) is in it.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from contextlib import suppress
from pathlib import Path

from oma.config.schema import Config, to_mapping
from oma.model import events as ev
from oma.model.events import Record
from oma.model.ids import PaneId, SessionId, WindowId
from oma.recording.recording_format import VERSION, Header, encode_header, encode_record

KEYS = {
    "select": [b"j", b"k"],
    "page": [b"\x1b[6~", b"\x1b[5~"],
    "filter": [b"/", b"a", b"g", b"1", b"\x7f", b"\x7f", b"\x7f", b"\r"],
    "sort": [b"S"],
    "group": [b"b"],
    "mark all": [b"*"],
}
"""What is pressed in turn."""

QUIET_S = 0.15
"""Without a byte for so long, a key has been answered."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=1000)
    parser.add_argument("--size", default="200x50", metavar="COLUMNSxROWS")
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("TMUX")}
    environ |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        path = Path(folder) / "many.jsonl"
        path.write_bytes(b"".join(recording(options.agents)))
        measure(path, options, environ)


def recording(agents):
    """Yield the lines of a recording of agents, of which each prints a line of its own."""
    yield encode_header(
        Header(VERSION, "2026-11-20T20:00:00Z", "3.3a", "bench", to_mapping(Config()), {})
    )
    timed = [(0.0, ev.ServerConnected("3.3a"))]
    for number in range(agents):
        pane, session = PaneId(f"%{number}"), SessionId(f"${number}")
        seen = ev.PaneSeen(
            pane, session, WindowId(f"@{number}"), 100, "bash", "", f"/srv/{number % 40}", 120, 40, idle_s=0.0
        )  # fmt: skip
        screen = f"agent {number} at work\r\n".encode()
        timed += [
            (0.0, ev.SessionOpened(session, f"oma-agent-{number}")),
            (0.0, seen),
            (0.0, ev.PaneCaptured(pane, 120, 40, 0, 0, False, screen)),
        ]
    timed.append((1.0, ev.TimePassed()))
    for seq, (t, event) in enumerate(timed, start=1):
        yield encode_record(Record(seq, t, event))


def measure(path, options, environ):
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-m", "oma", "replay", str(path)], environ)
    columns, rows = map(int, options.size.split("x"))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    try:
        select.select([terminal], [], [], 30)
        settle(terminal, 5.0)  # on a loaded machine it reads for that long
        os.write(terminal, b"e")
        settle(terminal, 5.0)
        print(f"{options.agents} agents on {options.size}, first byte after a key, ms:")
        for name, keys in KEYS.items():
            found = sorted(
                answer(terminal, pid, key) for _ in range(options.times) for key in keys
            )
            slowest_ms, at_work_ms, key = found[-1]
            works_ms = max(at_work for _, at_work, _ in found)
            print(
                f"  {name:<9} median {statistics.median(ms for ms, _, _ in found):5.1f}  "
                f"max {slowest_ms:5.1f} ({key!r}, {at_work_ms:.1f} of it on the processor)  "
                f"most on the processor {works_ms:.1f}"
            )
    finally:
        os.kill(pid, signal.SIGTERM)
        with suppress(OSError):  # the other end has closed
            settle(terminal, 2.0)
        os.waitpid(pid, 0)


def settle(terminal, quiet_s=QUIET_S):
    while select.select([terminal], [], [], quiet_s)[0]:
        os.read(terminal, 1 << 16)


def answer(terminal, pid, key):
    """Return how long the first byte took, how long of that the dashboard ran, both in ms, and the key."""
    settle(terminal)
    ran_ms, began_s = on_processor_ms(pid), time.monotonic()
    os.write(terminal, key)
    select.select([terminal], [], [], 5)
    return 1000 * (time.monotonic() - began_s), on_processor_ms(pid) - ran_ms, key


def on_processor_ms(pid):
    """Return how long a process has run; Linux alone tells it so finely."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


if __name__ == "__main__":
    main()
