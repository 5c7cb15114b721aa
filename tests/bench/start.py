"""How long one command takes from its start to its end, beside what it cannot do without.

    python tests/bench/start.py [--agents 50] [--tries 15]

On a private tmux server with that many quiet agents, these run in turn: the interpreter alone, it
with the event loop, `oma --version`, `oma status`. Prints wall and CPU time of each.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

from private_server import private_server


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--tries", type=int, default=15)
    options = parser.parse_args()
    with private_server() as server:
        for number in range(options.agents):
            server.tmux(
                "new-session", "-d", "-s", f"oma-agent-{number}", "echo hello; exec sleep 86400"
            )
        oma = ["-m", "oma", "-S", str(server.socket)]
        commands = {
            "python": ["-c", "pass"],
            "with trio": ["-c", "import trio"],
            "oma --version": [*oma, "--version"],
            "oma status": [*oma, "status"],
        }
        times = {name: [] for name in commands}
        for turn in range(options.tries + 1):
            for name, arguments in commands.items():
                taken = run([sys.executable, *arguments], server.environ)
                if turn:  # the first one writes the byte code
                    times[name].append(taken)
    for name, taken in times.items():
        wall_ms, cpu_ms = zip(*taken, strict=True)
        print(f"{name:>14}  wall {spread(wall_ms)}  cpu {spread(cpu_ms)}")


def run(argv, environ):
    began_s = time.monotonic()
    with subprocess.Popen(argv, env=environ, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{argv} failed")
    return 1000 * (time.monotonic() - began_s), 1000 * (usage.ru_utime + usage.ru_stime)


def spread(values_ms):
    return (
        f"min {min(values_ms):3.0f}  median {statistics.median(values_ms):3.0f}  "
        f"max {max(values_ms):3.0f} ms"
    )


if __name__ == "__main__":
    main()
