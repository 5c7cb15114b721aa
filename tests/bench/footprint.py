"""The memory of everything that `oma` starts: itself, its clients, and what it shares with nobody.

    python tests/bench/footprint.py [--agents 20] [--seconds 12] [--tries 3]

On a private tmux server with that many quiet agents, `oma watch --json` and the dashboard run in turn. PSS counts a page that
several processes share by its share of each; a Python that is at work elsewhere lowers it.
"""

import argparse
import os
import signal
import statistics
import sys
import threading
import time

import psutil
from first_frame import started
from private_server import private_server


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--tries", type=int, default=3)
    options = parser.parse_args()
    found = {}
    with private_server() as server:
        server.environ |= {
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            "XDG_STATE_HOME": str(server.folder / "state"),
            "XDG_RUNTIME_DIR": str(server.folder),
        }
        for number in range(options.agents):
            server.tmux(
                "new-session", "-d", "-s", f"oma-agent-{number}", "echo hello; exec sleep 86400"
            )
        for _ in range(options.tries):
            for words in (["watch", "--json"], []):
                for name, size_mb in measured(server, words, options.seconds).items():
                    found.setdefault(f"{' '.join(words) or 'dashboard'}, {name}", []).append(
                        size_mb
                    )
    print(f"load {os.getloadavg()[0]:.1f}")
    for name, sizes_mb in found.items():
        middle = statistics.median(sizes_mb)
        print(f"{name:>32}: {middle:5.1f} MB ({min(sizes_mb):.1f} to {max(sizes_mb):.1f})")


def measured(server, words, seconds):
    """Return the sizes in MB, by what they are of."""
    argv = [sys.executable, "-m", "oma", "-S", str(server.socket), *words]
    pid, terminal = started(argv, server.environ, 24, 80)
    reader = threading.Thread(target=read_away, args=(terminal,))
    reader.start()
    try:
        time.sleep(seconds)
        oma = psutil.Process(pid)
        clients = oma.children(recursive=True)
        sizes = [each.memory_full_info() for each in (oma, *clients)]
        return {
            "itself, PSS": sizes[0].pss / 1e6,
            "with its clients, PSS": sum(each.pss for each in sizes) / 1e6,
            "with its clients, RSS": sum(each.rss for each in sizes) / 1e6,
        }
    finally:
        os.kill(pid, signal.SIGTERM)
        reader.join()
        os.waitpid(pid, 0)
        os.close(terminal)


def read_away(terminal):
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        return  # the other end has closed


if __name__ == "__main__":
    main()
