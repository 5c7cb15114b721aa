"""A stopped `oma` beside a flooding agent: does the agent go on, does the server stay small?

    python tests/bench/stalled.py [--seconds 20] [--rounds 1]

The agent prints and counts as fast as it can. `oma watch` is stopped for a while; then it must
follow again: what the agent does afterwards is seen on its stdout. Prints the agent's speed before
and during the stop, the growth of the server's memory, and the time from the end of the stop to
the first transition that happened after it.
"""

import argparse
import json
import signal
import time

import psutil
from private_server import private_server, spread

FLOOD = "n=0; while :; do seq 1 1000; echo >> {counter}; done"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    growths_mb, resyncs_ms = [], []
    for _ in range(options.rounds):
        with private_server() as server:
            growth_mb, resync_ms = measure(server, options.seconds)
            growths_mb.append(growth_mb)
            resyncs_ms.append(resync_ms)
    print(f"growth of the server: {spread(growths_mb, 'MB')}")
    print(f"from SIGCONT to the truth: {spread(resyncs_ms, 'ms')}")


def measure(server, stop_s):
    counter = server.folder / "counter"
    counter.touch()
    server.tmux("new-session", "-d", "-s", "oma-agent-flood", FLOOD.format(counter=counter))
    server.tmux("new-session", "-d", "-s", "oma-agent-ends", "read go; exit 3")
    with server.oma("watch", "--json", stdout=-1, text=True) as watch:
        for _ in range(2):
            watch.stdout.readline()
        time.sleep(2)
        memory = psutil.Process(server.pid()).memory_info
        before, speed = memory().rss, rate(counter, 2)
        watch.send_signal(signal.SIGSTOP)
        most, rates = before, []
        until_s = time.monotonic() + stop_s
        while time.monotonic() < until_s:
            rates.append(rate(counter, 1))
            most = max(most, memory().rss)
        server.tmux("send-keys", "-t", "oma-agent-ends:", "Enter")
        began_s = time.monotonic()
        watch.send_signal(signal.SIGCONT)
        for line in watch.stdout:
            if json.loads(line)["agent"] == "oma-agent-ends":
                break
        resync_ms = (time.monotonic() - began_s) * 1000
        growth_mb = (most - before) / 1e6
        print(
            f"the agent, thousand lines/s: {speed:.0f} watched; while oma is stopped "
            f"{spread(rates, 'thousand')}; server {before / 1e6:.1f} MB, most {most / 1e6:.1f} MB"
        )
        return growth_mb, resync_ms


def rate(counter, seconds):
    """Return how many thousand lines the agent prints in a second."""
    start = counter.stat().st_size
    time.sleep(seconds)
    return (counter.stat().st_size - start) / seconds


if __name__ == "__main__":
    main()
