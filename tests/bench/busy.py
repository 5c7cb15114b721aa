"""What agents at work cost: screens of claude on which the spinner and the clock move.

    python tests/bench/busy.py [--agents 100] [--frames 10] [--seconds 10]

Each agent shows a whole screen of claude, and repaints its spinner line so often. Prints the CPU time of `oma watch`
itself, of its control clients and of the tmux server, as shares of one core: they hold on a loaded machine, too.
"""

import argparse
import json
import os
import shutil
import time

from private_server import private_server

from oma.runtime.process_tree import children_of, usage_of

RULE = "─" * 120
SCREEN = [
    "❯ please look at the failing tests and fix the error",
    "",
    "● I looked at the parser module and its tests.",
    "",
    *(
        f"  - src/module_{number}.py: line {number} of the summary, with some words"
        for number in range(22)
    ),
    "",
    "● Running make test",
    "  ⎿  $ make test",
    "",
    "SPINNER",
    "",
    RULE,
    "❯ ",
    RULE,
    "  ⏸ manual mode on · esc to interrupt",
]
SPINNER_ROW = SCREEN.index("SPINNER") + 1
GLYPHS = "·✢✳✶✻✽"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--frames", type=float, default=10)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    with private_server() as server:
        claude = server.folder / "claude"
        shutil.copy("/bin/sleep", claude)
        for number in range(options.agents):
            server.tmux(
                *("new-session", "-d", "-x", "120", "-y", "40", "-s", f"oma-agent-{number}"),
                f"{claude} 86400",
            )
        ttys = server.tmux("list-panes", "-a", "-F", "#{pane_tty}").split()
        terminals = [os.open(tty, os.O_WRONLY | os.O_NOCTTY) for tty in ttys]
        for terminal in terminals:
            os.write(terminal, ("\x1b[2J\x1b[H" + "\r\n".join(SCREEN)).encode())
        with server.oma("watch", "--json", stdout=-1, text=True) as watch:
            seen = set()
            while len(seen) < options.agents:
                seen.add(json.loads(watch.stdout.readline())["agent"])
            paint(terminals, options.frames, 3)
            before = usage(server, watch.pid)
            spent_s = paint(terminals, options.frames, options.seconds)
            after = usage(server, watch.pid)
        for name, began in before.items():
            print(f"{name:<8} {100 * (after[name] - began) / spent_s:6.2f} % of a core")


def paint(terminals, frames_per_s, seconds):
    """Paint frames on all terminals, spread evenly over time; return how long that took."""
    began_s, step_s = time.monotonic(), 1 / frames_per_s / len(terminals)
    for number in range(int(seconds / step_s)):
        wait_s = began_s + number * step_s - time.monotonic()
        if wait_s > 0:
            time.sleep(wait_s)
        frame = number // len(terminals)
        clock = f"{GLYPHS[frame % len(GLYPHS)]} Warping… ({frame // 10}s · ↓ {frame * 7} tokens)"
        text = f"\x1b[{SPINNER_ROW};1H\x1b[38;5;174m{clock}\x1b[39m\x1b[K"
        os.write(terminals[number % len(terminals)], text.encode())
    return time.monotonic() - began_s


def usage(server, pid):
    """Return the CPU seconds so far, by name."""
    tmux = int(server.tmux("display-message", "-p", "#{pid}"))
    parts = {"itself": [pid], "clients": children_of(pid), "server": [tmux]}
    return {name: usage_of(pids).cpu_s for name, pids in parts.items()}


if __name__ == "__main__":
    main()
