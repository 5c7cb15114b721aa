"""How long `oma` takes to its first frame, interpreter included, by itself and served by `oma serve`.

    python tests/bench/first_frame.py [--sessions 50] [--tries 10]

On a private tmux server with that many quiet agents, these run in turn: the interpreter alone, it with the
event loop, and the dashboard on a pseudo terminal of this script. Noted are the first byte that it writes,
the first frame that shows the agents, and the answer to a key that was typed at once; of all of them the wall time, and the CPU time to the end.
"""

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import termios
import time

from private_server import private_server

MARKS = {"first byte": b"", "all agents": "🟢|🟡".encode(), "a key answered": b" Keys "}
"""A list comes whole, silent for less than a minute or for more; the key is that of the help."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--tries", type=int, default=10)
    options = parser.parse_args()
    with private_server() as server:
        server.environ |= {
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            "XDG_STATE_HOME": str(server.folder / "state"),
            "XDG_RUNTIME_DIR": str(server.folder),
        }
        for number in range(options.sessions):
            server.tmux(
                "new-session", "-d", "-s", f"oma-agent-{number}", "echo hello; exec sleep 86400"
            )
        embedded = measured(server, options.tries)
        with server.oma("serve", stderr=-3):
            wait_for_service(server)
            served = measured(server, options.tries)
    print(f"load {os.getloadavg()[0]:.1f}")
    report("by itself", embedded)
    report("served", served)


def wait_for_service(server):
    while not list(server.folder.glob("oma/serve-*.sock")):
        time.sleep(0.05)


def measured(server, tries):
    """Return the times of each measured thing, by its name."""
    times = {}
    for turn in range(tries + 1):
        for name, found in one_turn(server):
            if turn:  # the first one writes the byte code
                times.setdefault(name, []).append(found)
    return times


def one_turn(server):
    """Yield names and milliseconds."""
    for name, code in {"python": "pass", "with trio": "import trio"}.items():
        wall_ms, cpu_ms = run([sys.executable, "-c", code], server.environ)
        yield name, wall_ms
        yield f"{name}, CPU", cpu_ms
    oma = [sys.executable, "-m", "oma", "-S", str(server.socket)]
    wall_ms, cpu_ms = run([*oma, "status"], server.environ)
    yield "oma status", wall_ms
    yield "oma status, CPU", cpu_ms
    yield from first_frame(oma, server.environ)


def run(argv, environ):
    began_s = time.monotonic()
    pid = os.posix_spawn(
        argv[0],
        argv,
        environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{argv} failed")
    return 1000 * (time.monotonic() - began_s), 1000 * (usage.ru_utime + usage.ru_stime)


def first_frame(argv, environ):
    began_s = time.monotonic()
    pid, terminal = started(argv, environ, 24, 80)
    found, seen = {}, b""
    try:
        while len(found) < len(MARKS) and time.monotonic() < began_s + 10:
            if select.select([terminal], [], [], 1)[0]:
                seen += os.read(terminal, 65536)
            for name, mark in MARKS.items():
                if name not in found and re.search(mark, seen):
                    found[name] = 1000 * (time.monotonic() - began_s)
                    if name == "all agents":
                        os.write(terminal, b"?")
    finally:
        os.kill(pid, signal.SIGTERM)
        drain(terminal, time.monotonic() + 10)
        _, _, usage = os.wait4(pid, 0)
        os.close(terminal)
    yield from found.items()
    yield "dashboard, CPU", 1000 * (usage.ru_utime + usage.ru_stime)


def started(argv, environ, rows, columns):
    """Start a program on a terminal; return its process id and the other end of that."""
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execve(argv[0], argv, environ)
    return pid, terminal


def drain(terminal, until_s):
    try:
        while select.select([terminal], [], [], max(0.0, until_s - time.monotonic()))[0]:
            os.read(terminal, 65536)
    except OSError:
        return  # the other end has closed
    raise SystemExit("oma does not end")


def report(what, times):
    print(what)
    for name, found_ms in times.items():
        ordered = sorted(found_ms)
        print(
            f"{name:>20}: min {ordered[0]:4.0f}  median {statistics.median(ordered):4.0f}"
            f"  max {ordered[-1]:4.0f} ms of {len(ordered)}"
        )


if __name__ == "__main__":
    main()
