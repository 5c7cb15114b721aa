"""A recording through a pipe: from a print to the record that a reader of the pipe has.

    python tests/bench/stream.py [--agents 5] [--tries 100]

`oma record -o -` writes to a pipe that this script reads. Other agents print a line ten times a second.
"""

import argparse
import os
import time

from private_server import private_server, spread

BUSY = "while :; do echo working; sleep 0.1; done"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=5)
    parser.add_argument("--tries", type=int, default=100)
    options = parser.parse_args()
    with private_server() as server:
        told = server.folder / "told"
        os.mkfifo(told)
        server.tmux("new-session", "-d", "-s", "oma-agent-x", f"exec cat {told} -")
        for number in range(options.agents):
            server.tmux("new-session", "-d", "-s", f"oma-agent-{number}", BUSY)
        with server.oma("record", "-o", "-", stdout=-1) as record, told.open("wb", 0) as pane:
            time.sleep(3)
            came_ms = [printed_ms(record, pane, number) for number in range(options.tries)]
    came_ms.sort()
    p99 = came_ms[int(len(came_ms) * 0.99)]
    print(
        f"beside {options.agents} busy agents: read after {spread(came_ms, 'ms')}, p99 {p99:.1f}"
    )


def printed_ms(record, pane, number):
    """Print a word, and return how long after it a line with it came."""
    word = b"word-%d-end" % number
    time.sleep(0.05 + 0.007 * (number % 7))
    began_s = time.perf_counter()
    pane.write(word + b"\n")
    for line in record.stdout:
        if word in line:
            return (time.perf_counter() - began_s) * 1000
    raise SystemExit("oma ended")


if __name__ == "__main__":
    main()
