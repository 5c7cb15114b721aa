"""How long `oma` takes to its first frame, interpreter included.

    python tests/bench/first_frame.py [--sessions 50] [--tries 10]

On a private tmux server with that many quiet agents, `oma` runs on a pseudo terminal of this script.
Noted are the first byte that it writes, and the first frame that shows the agents.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

from private_server import as_installed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--tries", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        environ = as_installed(folder) | {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        socket = f"{folder}/s"

        def tmux(*arguments):
            subprocess.run(
                ["tmux", "-f", "/dev/null", "-S", socket, *arguments], check=True, env=environ
            )

        try:
            for number in range(options.sessions):
                tmux(
                    "new-session",
                    "-d",
                    "-s",
                    f"oma-agent-{number}",
                    "echo hello; exec sleep 86400",
                )
            measure(socket, environ)  # the first one writes the byte code
            report([measure(socket, environ) for _ in range(options.tries)])
        finally:
            subprocess.run(["tmux", "-S", socket, "kill-server"], check=False, env=environ)


def measure(socket, environ):
    began_s = time.monotonic()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-m", "oma", "-S", socket], environ)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    marks = {"first byte": b"", "all agents": "🟢".encode()}  # a list comes whole
    found, seen = {}, b""
    try:
        while len(found) < len(marks) and time.monotonic() < began_s + 10:
            if select.select([terminal], [], [], 1)[0]:
                seen += os.read(terminal, 65536)
            for name, mark in marks.items():
                if name not in found and mark in seen:
                    found[name] = 1000 * (time.monotonic() - began_s)
    finally:
        os.kill(pid, signal.SIGTERM)
        drain(terminal, time.monotonic() + 10)
        os.waitpid(pid, 0)
        os.close(terminal)
    return found


def drain(terminal, until_s):
    try:
        while select.select([terminal], [], [], max(0.0, until_s - time.monotonic()))[0]:
            os.read(terminal, 65536)
    except OSError:
        return  # the other end has closed
    raise SystemExit("oma does not end")


def report(tries):
    for name in tries[0]:
        times = sorted(each[name] for each in tries if name in each)
        print(
            f"{name:>10}: min {times[0]:.0f}  median {statistics.median(times):.0f}  max {times[-1]:.0f} ms"
        )


if __name__ == "__main__":
    main()
