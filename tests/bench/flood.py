"""A flood, recorded: how fast, and whether a line is missing.

    python tests/bench/flood.py [--lines 200000] [--rounds 3]

An agent prints numbered lines as fast as it can while `oma record` runs. Prints the time from the
key that starts it to the last line in the recording, gaps that the recording tells of, and lines
that are missing without a word: the one number that has to be nought.
"""

import argparse
import time
from itertools import pairwise

from private_server import private_server, spread

from oma.model.events import OutputLost, PaneOutput
from oma.recording.files import open_recording


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    times_ms = []
    for _ in range(options.rounds):
        with private_server() as server:
            times_ms.append(1000 * measure(server, options.lines))
    print(f"{options.lines} lines recorded in {spread(times_ms, 'ms')}")


def measure(server, lines):
    file = server.folder / "f.jsonl"
    server.tmux("new-session", "-d", "-s", "oma-agent-flood", f"read go; seq {lines}; cat")
    with server.oma("record", "-o", file, stderr=-3):
        wait_for(file, b"pane-captured")
        began_s = time.monotonic()
        server.tmux("send-keys", "-t", "oma-agent-flood:", "Enter")
        wait_for(file, str(lines).encode())
        took_s = time.monotonic() - began_s
    report(file, lines)
    return took_s


def wait_for(file, text):
    while not file.exists() or text not in file.read_bytes()[-200_000:]:
        time.sleep(0.05)


def report(file, lines):
    parts, lost = [b""], 0
    with open_recording(file) as reader:
        for record in reader:
            if isinstance(record.event, PaneOutput):
                parts[-1] += record.event.data
            elif isinstance(record.event, OutputLost):
                parts.append(b"")
                lost += 1
    lines_of = [line for part in parts for line in part.split(b"\n")]
    found = [int(line) for line in lines_of if line.strip().isdigit()]
    holes = sum(later != earlier + 1 for earlier, later in pairwise(found))
    print(f"{len(found)} of {lines} lines, {lost} gaps told of, {max(0, holes - lost)} in silence")


if __name__ == "__main__":
    main()
