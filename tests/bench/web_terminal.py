"""Terminals in browsers: what 200 viewers cost, and how soon a key is seen.

    python tests/bench/web_terminal.py [--viewers 200] [--seconds 10] [--keys 300] [--rounds 2]

On a private tmux server one pane of 100x30 is redrawn 30 times a second, and `oma web` shows it to
all viewers: real WebSockets from another process, of whom one never reads. Prints CPU and memory
of `oma web` (and of tmux), without viewers and with them, and the redraws that arrived; and by turns, without viewers
and beside them, the time from a key sent to its echo received by the page that typed it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil
import trio
from private_server import private_server

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.support.web_socket import address_in, log_in

PAINTER = r"""
import sys, time
n, due = 0, time.monotonic()
while True:
    n += 1
    rows = [f"\x1b[{r};1H\x1b[3{(r + n) % 8}m" + f"{n:06} row {r:02} ".ljust(34, "-") for r in range(1, 31)]
    sys.stdout.write("".join(rows))
    sys.stdout.flush()
    due += 1 / 30
    time.sleep(max(0, due - time.monotonic()))
"""

LAST_ROW = b"row 30"

CONFIG = """
[web]
max_streams = 2000
max_streams_each = 2000
max_terminals = 2000
max_terminals_each = 2000
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--viewers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    with private_server() as server:
        Path(server.folder, "painter.py").write_text(PAINTER)
        Path(server.folder, "config.toml").write_text(CONFIG)
        painter = f"{sys.executable} {server.folder}/painter.py"
        server.tmux("new-session", "-d", "-s", "oma-agent-paint", "-x", "100", "-y", "30", painter)
        server.tmux(
            "new-session",
            "-d",
            "-s",
            "oma-agent-type",
            "-x",
            "100",
            "-y",
            "30",
            "stty raw -echo; cat",
        )
        config = f"{server.folder}/config.toml"
        server.environ["HOME"] = str(server.folder)
        with server.oma(
            "--config", config, "web", "--port", "0", stdout=subprocess.PIPE, text=True
        ) as oma:
            address = None
            while address is None:
                address = address_in([oma.stdout.readline()])
            trio.run(measure, options, address, psutil.Process(oma.pid), server.pid())


async def measure(options, address, oma, tmux_pid):
    page = await log_in(address)
    tmux = psutil.Process(tmux_pid)
    await trio.sleep(2)  # until it has found both
    await trio.sleep(1)
    for _ in range(options.rounds):
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        await report("without viewers", options, oma, tmux, None)
        await keys(page, options, "alone")
        counts = [0] * options.viewers
        async with trio.open_nursery() as nursery:
            for number in range(options.viewers):
                await nursery.start(view, page, counts, number)
            await trio.sleep(1)
            await report(f"with {options.viewers} viewers", options, oma, tmux, counts)
            await keys(page, options, f"beside {options.viewers} viewers")
            nursery.cancel_scope.cancel()


async def report(what, options, oma, tmux, counts):
    before = [sum(p.cpu_times()[:2]) for p in (oma, tmux)]
    frames, began = list(counts or ()), time.monotonic()
    await trio.sleep(options.seconds)
    took = time.monotonic() - began
    cpu = [
        100 * (sum(p.cpu_times()[:2]) - b) / took for p, b in zip((oma, tmux), before, strict=True)
    ]
    words = f"{what}: oma {cpu[0]:.1f} % of a core, {oma.memory_info().rss / 1e6:.0f} MB, "
    words += f"tmux {cpu[1]:.1f} %"
    if counts:
        rates = sorted((a - b) / took for a, b in zip(counts, frames, strict=True))[1:]
        words += f", redraws/s of a viewer {rates[0]:.1f} to {rates[-1]:.1f}"
        words += f", {cpu[0] * 1e4 / sum(rates):.0f} us of CPU for each"
    print(words, flush=True)


async def view(page, counts, number, task_status=trio.TASK_STATUS_IGNORED):
    """Count redraws without decoding anything, so that the viewers cost little themselves."""
    async with page.terminal("oma-agent-paint") as terminal:
        task_status.started()
        if number == 0:
            await trio.sleep_forever()  # never reads
        rest = b""
        while data := await terminal.stream.receive_some(65536):
            counts[number] += (rest + data).count(LAST_ROW)
            rest = data[1 - len(LAST_ROW) :]


async def keys(page, options, what):
    taken = []
    async with page.terminal("oma-agent-type") as terminal:
        await terminal.control()
        await terminal.keys(b"\x1b[2J\x1b[H")
        await trio.sleep(0.5)
        for number in range(options.keys):
            key = chr(97 + number % 26)
            began = time.perf_counter()
            await terminal.keys(key.encode())
            await terminal.until(lambda t, k=key: "".join(t.lines).endswith(k))
            taken.append((time.perf_counter() - began) * 1e3)
            await trio.sleep(0.02)
    taken.sort()
    p95 = taken[int(len(taken) * 0.95)]
    print(
        f"key to echo, {what}: p50 {statistics.median(taken):.2f} ms, p95 {p95:.2f}, "
        f"most {taken[-1]:.2f}, {len(taken)} keys",
        flush=True,
    )


if __name__ == "__main__":
    main()
