"""What `oma web` costs, and how soon a browser hears of a transition.

    python tests/bench/web.py [--viewers 200] [--seconds 10] [--rounds 3]

One agent prints thirty lines of 1 KB a second; another fails and recovers four times a second, and
writes the time of it into what it prints. Viewers read the log of the first over sockets of their own; one
more opens it and never reads; one hears of transitions. Prints the server's processor time and
memory, the lines that came, and the time from an agent's print to the event, with and without viewers.
"""

import argparse
import json
import multiprocessing
import selectors
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import psutil
from private_server import private_server, spread

PRINTS = "import time\nwhile True: print('x' * 1000, flush=True); time.sleep(1 / 30)"
# Each frame has another word: frames alike but for digits are those of a spinner, and looked at less often.
FAILS = """
import itertools, time
for n in itertools.count():
    word = ''.join(chr(97 + int(digit)) for digit in str(n))
    print(f'\\x1b[2J\\x1b[HError {word}: {time.time()}', flush=True); time.sleep(0.125)
    print(f'\\x1b[2J\\x1b[Hgoing on with {word}', flush=True); time.sleep(0.125)
"""
CONFIG = "[health]\nerror_settle = 0\n[web]\nmax_streams = 10000\nmax_streams_each = 10000\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--viewers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with private_server() as server:
        for name, program in (("prints", PRINTS), ("fails", FAILS)):
            path = server.folder / f"{name}.py"
            path.write_text(program)
            server.tmux("new-session", "-d", "-s", f"oma-agent-{name}", f"{sys.executable} {path}")
        server.environ |= {"HOME": str(server.folder)}
        (server.folder / "config.toml").write_text(CONFIG)
        add = [sys.executable, "-m", "oma", "web", "tokens", "add", "bench"]
        token = subprocess.run(add, check=True, env=server.environ, capture_output=True).stdout
        arguments = ("--config", server.folder / "config.toml", "web", "--port", "0")
        with server.oma(*arguments, stdout=-1, text=True) as web:
            port = int(web.stdout.readline().partition("/login")[0].rpartition(":")[2])
            time.sleep(2)
            for _ in range(options.rounds):
                for viewers in (0, options.viewers):
                    measure(web.pid, port, token.decode().strip(), viewers, options.seconds)


def measure(pid, port, token, viewers, seconds):
    events = follow(port, token, "/api/events")
    logs = [follow(port, token, "/api/agents/prints/logs") for _ in range(viewers)]
    deaf = [follow(port, token, "/api/agents/prints/logs")] if viewers else []
    process = psutil.Process(pid)
    with reading(logs) as batches:
        hear(events, 2)  # the snapshots are over
        before, began_s, read = process.cpu_times(), time.monotonic(), batches()
        latencies_ms = hear(events, seconds)
        took_s, after = time.monotonic() - began_s, process.cpu_times()
        read = batches() - read
    used_s = after.user + after.system - before.user - before.system
    for each in (events, *logs, *deaf):
        each.close()
    p95 = statistics.quantiles(latencies_ms, n=20)[-1]
    print(
        f"{viewers:4} viewers: {100 * used_s / took_s:5.1f} % of a core, "
        f"{process.memory_info().rss >> 20} MB, {read / took_s:.0f} batches/s; "
        f"transition p95 {p95:.1f} ms, {spread(latencies_ms, 'ms')}",
        flush=True,
    )


@contextmanager
def reading(streams):
    """Have another process read from all; give what tells how many batches have come."""
    counter = multiprocessing.Value("Q", 0)
    reader = multiprocessing.Process(target=read, args=(streams, counter))
    reader.start()
    try:
        yield lambda: counter.value
    finally:
        reader.kill()
        reader.join()


def read(streams, counter):
    selector = selectors.DefaultSelector()
    for stream in streams:
        selector.register(stream, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            counter.value += key.fileobj.recv(1 << 18).count(b"event: lines")


def follow(port, token, path):
    stream = socket.create_connection(("127.0.0.1", port))
    head = (
        f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: Bearer {token}\r\n\r\n"
    )
    stream.sendall(head.encode())
    return stream


def hear(events, seconds):
    """Read events for a while; return how late transitions came."""
    latencies_ms, rest = [], b""
    until_s = time.monotonic() + seconds
    while (left_s := until_s - time.monotonic()) > 0:
        events.settimeout(left_s)
        with suppress(TimeoutError):
            data = events.recv(1 << 18)
            now_s = time.time()
            if not data:
                sys.exit("the server ended the stream")
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                if line.startswith(b"data: {") and b'"to":"stuck"' in line:
                    evidence = json.loads(line[6:])["evidence"]
                    latencies_ms.append((now_s - float(evidence.split()[-1])) * 1000)
    return latencies_ms


if __name__ == "__main__":
    main()
