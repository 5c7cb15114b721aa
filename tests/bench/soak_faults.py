"""What happens to the agents of a soak, to `oma` and to the server: each by chance, in its turn."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

from oma.runtime.process_tree import command_line

AGENT = Path(__file__).with_name("soak_agent.py")
RUNS_AS = {"asks": "claude", "limited": "claude"}
"""Kind → the name under which it runs, so that the rules for such an agent apply."""


class Field:
    """The agents of one soak."""

    def __init__(self, server, chance):
        self.server = server
        self.chance = chance
        self.oma = None
        self.moved = []
        self.churned = 0
        self.server_pid = 0

    def start(self, session, kind, seed):
        self.server.tmux(
            *("new-session", "-d", "-x", "100", "-y", "30", "-c", str(self.server.folder)),
            *("-s", session, self.command(kind, seed)),
        )
        self.server_pid = self.server_pid or self.server.pid()
        self.server.tmux("set-option", "-w", "-t", f"={session}:", "remain-on-exit", "on")

    def command(self, kind, seed):
        words = [sys.executable, str(AGENT), kind, str(seed), str(self.server.folder / "counts")]
        name = RUNS_AS.get(kind)
        named = [] if name is None else ["-a", name]
        return shlex.join(["exec", "bash", "-c", shlex.join(["exec", *named, *words])])

    def panes(self, form):
        """Return the rows of all panes of agents, as words."""
        only = "#{m:oma-agent-*,#{session_name}}"
        listed = self.server.tmux("list-panes", "-a", "-f", only, "-F", form)
        return [line.split() for line in listed.splitlines()]

    def sessions(self):
        return sorted({name for (name,) in self.panes("#{session_name}")})

    def a_session(self):
        return self.chance.choice(self.sessions())

    def tidy(self):
        """Take away what was added to the agents."""
        for window in self.moved:
            self.server.tmux("kill-window", "-t", window)
        self.moved.clear()


def kill_client(field):
    clients = [
        child
        for child in field.oma.children()
        if "attach-session" in " ".join(command_line(child.pid))
    ]
    if clients:
        field.chance.choice(clients).kill()


def kill_hub(field):
    for child in field.oma.children():
        if "no-output" in " ".join(command_line(child.pid)):
            child.kill()


def stop_oma(field):
    _stop(field.oma.pid, 3)


def stop_server(field):
    _stop(field.server_pid, 2)


def _stop(pid, seconds):
    os.kill(pid, signal.SIGSTOP)
    try:
        time.sleep(seconds)
    finally:
        os.kill(pid, signal.SIGCONT)


def churn(field):
    names = []
    for _ in range(field.chance.randint(1, 8)):
        field.churned += 1
        names.append(f"oma-agent-churn-{field.churned}")
        field.server.tmux("new-session", "-d", "-s", names[-1], "echo hello; exec cat")
    time.sleep(field.chance.uniform(0, 1))
    for name in names:
        field.server.tmux("kill-session", "-t", f"={name}")


def resize(field):
    columns, rows = field.chance.randint(20, 250), field.chance.randint(5, 80)
    session = field.a_session()
    field.server.tmux("resize-window", "-t", f"={session}:", "-x", f"{columns}", "-y", f"{rows}")


def restart(field):
    """A program that ended, if there is one, else any; as a user asks `oma` for it."""
    rows = field.panes("#{pane_dead} #{session_name}")
    ended = [name for dead, name in rows if dead == "1"]
    name = field.chance.choice(ended or [name for _, name in rows])
    argv = [sys.executable, "-m", "oma", "-S", str(field.server.socket), "restart", name]
    subprocess.run(argv, check=True, env=field.server.environ, stdout=subprocess.DEVNULL)


def move_window(field):
    """A window that prints goes from one agent to another; at most three are on their way."""
    if len(field.moved) < 3:
        window = field.server.tmux(
            *("new-window", "-d", "-P", "-F", "#{window_id}", "-t", f"={field.a_session()}:"),
            field.command(field.chance.choice(["worker", "burst"]), 0),
        ).strip()
        field.moved.append(window)
    else:
        window = field.moved.pop(0)
        field.server.tmux("move-window", "-d", "-s", window, "-t", f"={field.a_session()}:")
        time.sleep(1)
        field.server.tmux("kill-window", "-t", window)


def rename(field):
    session = field.a_session()
    for source, target in ((session, f"{session}-new"), (f"{session}-new", session)):
        field.server.tmux("rename-session", "-t", f"={source}", target)
        time.sleep(0.3)


FAULTS = {
    "kill_client": (4, kill_client),
    "kill_hub": (1, kill_hub),
    "stop_oma": (2, stop_oma),
    "stop_server": (1, stop_server),
    "churn": (3, churn),
    "resize": (4, resize),
    "restart": (3, restart),
    "move_window": (2, move_window),
    "rename": (1, rename),
}
"""Name → how often it comes up against the others, and what is done."""
