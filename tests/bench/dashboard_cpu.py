"""What the dashboard costs while every agent paints, and how soon it answers a key.

    python tests/bench/dashboard_cpu.py [--agents 100] [--frames 10] [--seconds 10] [--size 80x24]

On a private tmux server, this script paints on the terminals of all agents (`--frames 0`: none does
anything); `oma` runs on a pseudo terminal of this script. Its share of a core is measured with that of
its control clients. Then `j` and `k` are pressed by turns, and the time to the repainted row is noted;
and then `j` is held down from the first agent to the last, as a keyboard repeats it.
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
import threading
import time
from contextlib import suppress

import psutil

MARK = "▸".encode()

REPEAT_S = 1 / 30
"""Of a key that is held down."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--frames", type=float, default=10)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--keys", type=int, default=50)
    parser.add_argument("--size", default="80x24", metavar="COLUMNSxROWS")
    options = parser.parse_args()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("TMUX")}
    environ |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        socket = f"{folder}/s"

        def tmux(*arguments):
            command = ["tmux", "-f", "/dev/null", "-S", socket, *arguments]
            return subprocess.run(
                command, check=True, capture_output=True, text=True, env=environ
            ).stdout

        try:
            for number in range(options.agents):
                tmux(
                    "new-session",
                    "-d",
                    "-x",
                    "120",
                    "-y",
                    "40",
                    "-s",
                    f"oma-agent-{number}",
                    "exec sleep 86400",
                )
            terminals = tmux("list-panes", "-a", "-F", "#{pane_tty}").split()
            ended = threading.Event()
            painter = threading.Thread(target=paint, args=(terminals, options.frames, ended))
            painter.start()
            try:
                measure(socket, options, environ)
            finally:
                ended.set()
                painter.join()
        finally:
            subprocess.run(["tmux", "-S", socket, "kill-server"], check=False, env=environ)


def paint(terminals, frames, ended):
    files = [os.open(name, os.O_WRONLY | os.O_NOCTTY) for name in terminals]
    number = 0
    while not ended.is_set():
        if not frames:
            ended.wait()
            break
        number += 1
        text = (
            f"\r\x1b[K{'|/-'[number % 3]} working {number} tokens \x1b[32m{number * 7}\x1b[0m"
            + "." * 60
        )
        began_s = time.monotonic()
        for file in files:
            os.write(file, text.encode())
        ended.wait(max(0.0, 1 / frames - (time.monotonic() - began_s)))


def measure(socket, options, environ):
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-m", "oma", "-S", socket], environ)
    columns, rows = map(int, options.size.split("x"))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    try:
        read_until(terminal, time.monotonic() + 5)
        oma = psutil.Process(pid)
        clients = oma.children(recursive=True)
        before = spent([oma]), spent(clients)
        written_bytes = read_until(terminal, time.monotonic() + options.seconds)
        after = spent([oma]), spent(clients)
        for name, start_s, end_s in zip(
            ("oma", f"{len(clients)} clients"), before, after, strict=True
        ):
            print(f"{name:>12}: {100 * (end_s - start_s) / options.seconds:.1f} % of a core")
        print(f"     painted: {written_bytes / options.seconds / 1024:.1f} KB/s")
        answers_ms = sorted(
            answer_ms(terminal, b"jk"[n % 2 : n % 2 + 1]) for n in range(options.keys)
        )
        print(
            f"  key answer: median {statistics.median(answers_ms):.1f}  max {answers_ms[-1]:.1f} ms"
        )
        os.write(terminal, b"g")
        held_ms = sorted(held(terminal, options.agents - 1))
        print(
            f"      j held: median {statistics.median(held_ms):.1f}"
            f"  90 % {held_ms[len(held_ms) * 9 // 10]:.1f}  max {held_ms[-1]:.1f} ms"
        )
    finally:
        os.kill(pid, signal.SIGTERM)
        with suppress(OSError):  # the other end has closed
            read_until(terminal, time.monotonic() + 10)
        os.waitpid(pid, 0)


def read_until(terminal, until_s):
    count = 0
    while (left_s := until_s - time.monotonic()) > 0:
        if select.select([terminal], [], [], left_s)[0]:
            count += len(os.read(terminal, 65536))
    return count


def answer_ms(terminal, key):
    read_until(terminal, time.monotonic() + 0.13)
    began_s = time.monotonic()
    os.write(terminal, key)
    seen = b""
    while MARK not in seen and time.monotonic() < began_s + 5:
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 65536)
    return 1000 * (time.monotonic() - began_s)


def held(terminal, times):
    """Hold `j` down; return how long each press took to what it paints first, in milliseconds.

    Other agents should be quiet: what they change is painted as well.
    """
    read_until(terminal, time.monotonic() + 0.5)
    found_ms = []
    for _ in range(times):
        began_s = time.monotonic()
        os.write(terminal, b"j")
        select.select([terminal], [], [], 5)
        found_ms.append(1000 * (time.monotonic() - began_s))
        read_until(terminal, began_s + REPEAT_S)
    return found_ms


def spent(group):
    return sum(sum(process.cpu_times()[:2]) for process in group)


if __name__ == "__main__":
    main()
