"""How soon a dialog of a sampled agent is told.

    python tests/bench/sampled_dialog.py [--agents 50] [--tries 10]

Every agent repaints a line ten times a second, and with `tmux_latency_ms = 0` none of them has a client. One of them stops at a
question; counted is the time from just before that is written to the line of `oma watch --json`.
"""

import argparse
import json
import os
import subprocess
import threading
import time

from private_server import private_server, spread
from round_trip import painting

CONFIG = "[limits]\ntmux_latency_ms = 0\n"
ASKS = b"\x1b[2J\x1b[H Do you want to proceed?\r\n \xe2\x9d\xaf 1. Yes\r\n   2. No\r\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--tries", type=int, default=10)
    options = parser.parse_args()
    with private_server() as server:
        config, record = server.folder / "config.toml", server.folder / "r.jsonl"
        config.write_text(CONFIG)
        for number in range(options.agents):
            server.tmux("new-session", "-d", "-s", f"oma-agent-{number}", "exec sleep 86400")
        ttys = server.tmux("list-panes", "-a", "-F", "#{pane_tty}").split()
        server.tmux(
            "new-session", "-d", "-s", "oma-agent-asks", "-x", "80", "-y", "24", "exec sleep 86400"
        )
        tty = server.tmux("list-panes", "-t", "oma-agent-asks:", "-F", "#{pane_tty}").strip()
        pane = server.tmux("list-panes", "-t", "oma-agent-asks:", "-F", "#{pane_id}").strip()
        options_ = ("--config", config, "watch", "--json", "--record", record)
        with painting(ttys), server.oma(*options_, stdout=subprocess.PIPE, text=True) as watch:
            told_ms = [told_after_ms(watch, tty, pane, record) for _ in range(options.tries)]
    print(
        f"{options.agents} agents: told after {spread(told_ms, 'ms')}  load {os.getloadavg()[0]:.1f}"
    )


def told_after_ms(watch, tty, pane, record):
    """Work until the agent is sampled, ask, and return how long after that it was told."""
    at_work = threading.Event()
    worker = threading.Thread(target=work, args=(tty, at_work))
    worker.start()
    wait_for(watch, {"ok"})
    while not is_sampled(record, pane):
        time.sleep(0.2)
    time.sleep(time.time() % 1)
    at_work.set()
    worker.join()
    began_s = time.monotonic()
    with open(tty, "wb", buffering=0) as terminal:
        terminal.write(ASKS)
    wait_for(watch, {"waiting"})
    return (time.monotonic() - began_s) * 1000


def work(tty, over):
    with open(tty, "wb", buffering=0) as terminal:
        number = 0
        terminal.write(b"\x1b[2J\x1b[H")
        while not over.wait(0.1):
            number += 1
            terminal.write(b"\rworking %d" % number)


def is_sampled(record, pane):
    lines = record.read_text().splitlines()
    told = [json.loads(line) for line in lines if '"pane-sampled"' in line and line[-1:] == "}"]
    return any(each["reason"] for each in told[-200:] if each["pane"] == pane) and (
        [each for each in told if each["pane"] == pane][-1]["reason"] != ""
    )


def wait_for(watch, healths):
    for line in watch.stdout:
        found = json.loads(line)
        if found["agent"] == "oma-agent-asks" and found["to"] in healths:
            return
    raise SystemExit("oma ended")


if __name__ == "__main__":
    main()
