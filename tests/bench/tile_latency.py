"""Tiling latency: from "the agent's session exists" to "its pane shows it".

    python tests/bench/tile_latency.py [--tries 40] [--others 4]

On a private tmux server `oma tile` keeps a wide window. A session is made whose program prints a
word that no other has; the clock starts when `tmux new-session` has returned, and stops when the
pane that oma opens shows the word, read by captures in a tight loop (their own time, a few
milliseconds, counts). Then the session is ended, and the time until its pane is gone is measured
in the same way. Prints milliseconds.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

PATIENCE_S = 10.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tries", type=int, default=40)
    parser.add_argument("--others", type=int, default=4, help="agents that are shown meanwhile")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    environ = {k: v for k, v in os.environ.items() if not k.startswith("TMUX")}
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        socket = f"{folder}/s"

        def tmux(*arguments):
            return subprocess.run(
                ["tmux", "-f", "/dev/null", "-S", socket, *arguments],
                check=True,
                capture_output=True,
                text=True,
                env=environ,
            ).stdout

        tile = None
        try:
            tmux("new-session", "-d", "-x", "400", "-y", "120", "-s", "home", "cat")
            for number in range(options.others):
                tmux("new-session", "-d", "-s", f"oma-agent-{number}", "cat")
            pid = tmux("display-message", "-p", "#{pid}").strip()
            inside = environ | {"TMUX": f"{socket},{pid},0", "TMUX_PANE": "%0"}
            tile = subprocess.Popen(
                [sys.executable, "-m", "oma", "tile", "--layout", "grid"],
                env=inside,
                stdout=subprocess.DEVNULL,
            )
            wait(lambda: len(panes(tmux)) == options.others + 1)
            report(measure(tmux, options.tries))
        finally:
            if tile is not None:
                tile.terminate()
                tile.wait()
            subprocess.run(["tmux", "-S", socket, "kill-server"], check=False, env=environ)


def measure(tmux, tries):
    shown_ms, gone_ms = [], []
    for number in range(tries):
        before = panes(tmux)
        word = f"word-{number}-word"
        tmux("new-session", "-d", "-s", "oma-agent-new", f"echo {word}; exec cat")
        began_s = time.monotonic()
        wait(lambda: shows(tmux, before, word))  # noqa: B023  # called at once
        shown_ms.append(1000 * (time.monotonic() - began_s))
        tmux("kill-session", "-t", "oma-agent-new")
        began_s = time.monotonic()
        wait(lambda: panes(tmux) == before)  # noqa: B023  # called at once
        gone_ms.append(1000 * (time.monotonic() - began_s))
        time.sleep(0.1)
    return {"session exists -> pane shows it": shown_ms, "session ended -> pane gone": gone_ms}


def panes(tmux):
    return set(tmux("list-panes", "-t", "home", "-F", "#{pane_id}").split())


def shows(tmux, before, word):
    new = panes(tmux) - before
    return bool(new) and word in tmux("capture-pane", "-p", "-t", new.pop())


def wait(holds):
    until_s = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > until_s:
            raise TimeoutError


def report(latencies):
    for name, values in latencies.items():
        values.sort()
        print(
            f"{name}: n={len(values)} p50 {statistics.median(values):.0f} ms, "
            f"p90 {values[int(len(values) * 0.9)]:.0f} ms, p99 {values[int(len(values) * 0.99)]:.0f} ms, "
            f"max {values[-1]:.0f} ms"
        )


if __name__ == "__main__":
    main()
