"""Telling: from a dialog on an agent's screen to the status line of a client, and to a webhook.

    python tests/bench/telling.py [--agents 20] [--tries 40] [--settle 0.5]

All agents but one print ten lines a second. The client is a real one on a terminal of its own, and counts as
soon as it is sent the word; the webhook is on loopback.
"""

import argparse
import http.server
import os
import pty
import queue
import re
import select
import statistics
import sys
import threading
import time

from private_server import private_server, spread

BUSY = "while :; do date; sleep 0.1; done"
AGENT = """
import sys, time
for line in open(sys.argv[1]):
    print("\\033[2J\\033[H", end="")
    if line.strip():
        print(f"Bash(try {line.strip()})\\n\\nDo you want to proceed?\\n\u276f 1. Yes\\n  2. No\\n\\nEsc to cancel")
    sys.stdout.flush()
    open(sys.argv[2], "w").write(f"{time.time()}\\n")
"""
"""Shows a dialog for each line that it is given, and nothing for an empty one; says when."""


class Webhook(http.server.BaseHTTPRequestHandler):
    """Notes when a request has come."""

    came = queue.Queue()

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.came.put(time.time())
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--tries", type=int, default=40)
    parser.add_argument("--settle", type=float, default=0.5)
    options = parser.parse_args()
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    with private_server() as server:
        server.environ |= {"XDG_STATE_HOME": str(server.folder / "state"), "TERM": "xterm"}
        config, secret = server.folder / "c.toml", server.folder / "webhook"
        secret.write_text(f"http://127.0.0.1:{web.server_port}/\n")
        secret.chmod(0o600)
        config.write_text(
            f'[notify]\nchannels = ["webhook"]\nwebhook_file = "{secret}"\n'
            f"settle = {options.settle}\n"
        )
        server.tmux("new-session", "-d", "-s", "work", "-x", "120", "-y", "40", "cat")
        agent, lines, painted = (server.folder / name for name in ("agent.py", "lines", "painted"))
        agent.write_text(AGENT)
        os.mkfifo(lines)
        asking = f"exec {sys.executable} -IS {agent} {lines} {painted}"
        for number in range(options.agents):
            program = BUSY if number else asking
            server.tmux("new-session", "-d", "-s", f"oma-agent-{number}", program)
        client = attach(server)
        with server.oma("tmux", "install", stdout=-3, stderr=-3) as install:
            install.wait()
        serve = server.oma("--config", config, "serve", stderr=-3)
        with serve, open(lines, "w", buffering=1) as to_agent:
            wait_for_agents(server, options.agents)
            times = [
                told_after_s(server, client, to_agent, painted, number)
                for number in range(options.tries)
            ]
        os.close(client)
    for name, all_s in zip(("status line", "webhook"), zip(*times, strict=True), strict=True):
        all_ms = [(s - (options.settle if name == "webhook" else 0)) * 1000 for s in all_s]
        p95 = statistics.quantiles(all_ms, n=20)[-1]
        beyond = " beyond settle" if name == "webhook" else ""
        print(f"{name}{beyond}: {spread(all_ms, 'ms')}, p95 {p95:.0f}")


def wait_for_agents(server, count):
    """Wait until the service shows all agents: under load it takes seconds to begin."""
    deadline_s = time.time() + 60
    while sum(map(int, re.findall(r"(\d+) [a-z]", status(server)))) < count:
        assert time.time() < deadline_s, status(server)
        time.sleep(0.1)


def status(server):
    return server.tmux("show-options", "-gqv", "@oma_status")


def attach(server):
    """Attach a client on a terminal of its own; return the other end of that."""
    pid, terminal = pty.fork()
    if pid == 0:
        argv = ["tmux", "-u", "-S", str(server.socket), "attach-session", "-t", "work"]
        os.execvpe("tmux", argv, server.environ)
    return terminal


def told_after_s(server, client, to_agent, painted, number):
    """Return how long after a dialog stood there the status line and the webhook told of it."""
    painted.unlink(missing_ok=True)
    to_agent.write(f"{number}\n")
    shown_s = seen_at(client, b"waiting")
    sent_s = Webhook.came.get(timeout=60)
    painted_s = float(painted.read_text())
    to_agent.write("\n")
    deadline_s = time.time() + 10
    while "waiting" in status(server):
        assert time.time() < deadline_s
    # Not in step with anything.
    drain(client, 0.7 + 0.037 * (number % 10))
    return shown_s - painted_s, sent_s - painted_s


def seen_at(client, word):
    """Return when the client was sent a word."""
    data, deadline_s = b"", time.time() + 60
    while word not in data:
        assert time.time() < deadline_s
        if select.select([client], [], [], 1)[0]:
            data = data[-100:] + os.read(client, 65536)
    return time.time()


def drain(client, seconds):
    """Take what the client is sent for a while."""
    end_s = time.time() + seconds
    while (rest_s := end_s - time.time()) > 0:
        if select.select([client], [], [], rest_s)[0]:
            os.read(client, 65536)


if __name__ == "__main__":
    main()
