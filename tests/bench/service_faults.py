"""Faults of the service: it is killed, ended, held up and started anew at random moments while agents ask.

    python tests/bench/service_faults.py [--rounds 40] [--seed 1] [--faces 3]

In each round an agent shows a dialog, something happens to `oma serve`, and the dialog is answered when every
`oma watch` and the notification have told of it. Checked are that each tells of each change once, that the
notification of each dialog is sent once, and that no client is left; noted, how long it took until the faces said
that the service is gone, and until they told of a dialog. Exits with 1 where something does not hold.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from itertools import pairwise

from private_server import private_server, spread
from telling import AGENT

AGENTS = 4
GONE, BACK = "watching by itself", "the service is there again"
NOTE = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read().strip() + '\\n')"
PATIENCE_S = 60


class Field:
    """The agents, the service and its faces."""

    def __init__(self, server):
        self.server = server
        self.notes = server.folder / "notes"
        self.notes.touch()
        self.config = server.folder / "c.toml"
        command = json.dumps([sys.executable, "-c", NOTE, str(self.notes)])
        self.config.write_text(
            f'[notify]\nchannels = ["command"]\ncommand = {command}\nsettle = 0.3\n'
        )
        self.pipes, self.faces, self.service, self.failures = [], [], None, []
        (server.folder / "agent.py").write_text(AGENT)
        for number in range(AGENTS):
            self._start_agent(number)

    def _start_agent(self, number):
        lines, painted = (self.server.folder / f"{name}{number}" for name in ("lines", "painted"))
        os.mkfifo(lines)
        program = f"exec {sys.executable} -IS {self.server.folder}/agent.py {lines} {painted}"
        self.server.tmux("new-session", "-d", "-s", f"oma-agent-{number}", program)
        self.pipes.append(lines.open("w", buffering=1))

    def oma(self, name, *words):
        argv = [sys.executable, "-m", "oma", "-S", str(self.server.socket)]
        with (
            open(self.server.folder / f"{name}.out", "a") as out,
            open(self.server.folder / f"{name}.err", "a") as err,
        ):
            return subprocess.Popen(
                [*argv, "--config", str(self.config), *words],
                env=self.server.environ,
                stdout=out,
                stderr=err,
                stdin=subprocess.DEVNULL,
            )

    def serve(self):
        self.service = self.oma("serve", "serve")

    def end_service(self, number):
        self.service.send_signal(number)
        self.service.wait()

    def end(self):
        for process in (self.service, *(face for _, face in self.faces)):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()

    def watch(self, name):
        self.faces.append((name, self.oma(name, "watch", "--json")))

    def changes(self, name, agent):
        """Return what a face has told of an agent: its healths."""
        lines = (self.server.folder / f"{name}.out").read_text().splitlines()
        told = [json.loads(line) for line in lines if line.endswith("}")]
        return [each["to"] for each in told if each["agent"] == f"oma-agent-{agent}"]

    def said(self, name):
        return (self.server.folder / f"{name}.err").read_text()

    def noted(self, number):
        """Return how often a dialog was notified."""
        return sum(f"try {number}." in line for line in self.notes.read_text().splitlines())

    def is_alone(self, name):
        """Say whether a face has said that it watches by itself, and not yet that the service is back."""
        return self.said(name).count(GONE) > self.said(name).count(BACK)

    def is_served(self):
        """Say whether the service feeds all faces, and there are no clients but its own."""
        alone = any(self.is_alone(name) for name, _ in self.faces)
        return not alone and len(self.server.tmux("list-clients").splitlines()) == 1 + AGENTS


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faces", type=int, default=3)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with private_server() as server:
        server.environ |= {
            "XDG_STATE_HOME": str(server.folder / "state"),
            "XDG_RUNTIME_DIR": str(server.folder),
            "TERM": "xterm",
        }
        field = Field(server)
        try:
            figures = soak(field, chance, options)
            finish(field)
        finally:
            field.end()
    print(f"load {os.getloadavg()[0]:.1f}")
    for name, found_s in figures.items():
        if found_s:
            print(f"{name}: {spread([1000 * s for s in found_s], 'ms')}")
    for failure in field.failures:
        print(f"failed: {failure}")
    print("nothing failed" if not field.failures else f"{len(field.failures)} failed")
    sys.exit(bool(field.failures))


def soak(field, chance, options):
    field.serve()
    until(field.is_served, "the service watches")  # a face that comes before it watches by itself
    for number in range(options.faces):
        field.watch(f"face{number}")
    for name, _ in field.faces:
        for agent in range(AGENTS):
            until(lambda n=name, a=agent: field.changes(n, a), f"{name} shows {agent}")
    until(field.is_served, "the faces are served")
    figures = {"faces say it is gone": [], "told of": [], "notified": []}
    for number in range(options.rounds):
        play(field, chance, number, figures)
    return figures


def play(field, chance, number, figures):
    """Play one round: a dialog and a fault, one a moment after the other."""
    agent, fault = chance.randrange(AGENTS), chance.choice(list(FAULTS))
    asks_first = chance.random() < 0.5
    names = [name for name, _ in field.faces]
    before = {name: len(field.changes(name, agent)) for name in names}
    what = f"round {number}, {fault}, dialog {'before' if asks_first else 'after'}"
    began_s = time.monotonic()
    if asks_first:
        field.pipes[agent].write(f"{number}.\n")
        time.sleep(chance.uniform(0, 1.5))
    FAULTS[fault](field, chance, figures)
    if not asks_first:
        time.sleep(chance.uniform(0, 1.5))
        began_s = time.monotonic()
        field.pipes[agent].write(f"{number}.\n")

    def told(name):
        return field.changes(name, agent)[before[name] :]

    def answered(name):
        return "waiting" in told(name) and told(name)[-1] != "waiting"

    for name in names:
        until(lambda n=name: "waiting" in told(n), f"{what}: {name} tells", field)
    figures["told of"].append(time.monotonic() - began_s)
    until(lambda: field.noted(number), f"{what}: it is notified", field)
    figures["notified"].append(time.monotonic() - began_s)
    field.pipes[agent].write("\n")
    for name in names:
        until(lambda n=name: answered(n), f"{what}: {name} tells of the answer", field)
    until(field.is_served, f"{what}: the faces are served again, and no client is left", field)
    check(field, number, {name: told(name) for name in names}, what)


def check(field, number, told, what):
    """Note what was told twice, or not."""
    for name, healths in told.items():
        twice = any(one == other for one, other in pairwise(healths))
        if twice or healths.count("waiting") != 1:
            field.failures.append(f"{what}: {name} told {healths}")
    if field.noted(number) != 1:
        field.failures.append(f"{what}: notified {field.noted(number)} times")


def until(holds, what, field=None):
    """Wait until something holds, or note that it does not."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline_s:
            if field is None:
                raise SystemExit(f"never: {what}")
            field.failures.append(f"not within {PATIENCE_S} s: {what}")
            return
        time.sleep(0.02)


# ------------------------------------------------------------------ what happens to the service


def lost(field, number, figures):
    """Send a signal, and note how long every face takes to say that the service is gone."""
    began_s = time.monotonic()
    field.service.send_signal(number)
    for name, _ in field.faces:  # one may have taken it for gone already: the machine is loaded
        until(lambda n=name: field.is_alone(n), f"{name} says so", field)
        figures["faces say it is gone"].append(time.monotonic() - began_s)


def kill(field, chance, figures):
    lost(field, signal.SIGKILL, figures)
    field.service.wait()
    time.sleep(chance.uniform(0, 3))
    field.serve()


def end(field, chance, figures):
    lost(field, signal.SIGTERM, figures)
    field.service.wait()
    field.serve()


def restart(field, _chance, _figures):
    """It is there again at once: faces may not have noticed."""
    field.end_service(signal.SIGKILL)
    field.serve()


def restart_twice(field, chance, _figures):
    field.end_service(signal.SIGKILL)
    field.serve()
    time.sleep(chance.uniform(0, 2))
    field.end_service(chance.choice([signal.SIGKILL, signal.SIGTERM]))
    field.serve()


def hang(field, chance, figures):
    lost(field, signal.SIGSTOP, figures)
    time.sleep(chance.uniform(0, 3))
    field.service.send_signal(signal.SIGCONT)


def hang_shortly(field, chance, _figures):
    field.service.send_signal(signal.SIGSTOP)
    time.sleep(chance.uniform(0, 2))
    field.service.send_signal(signal.SIGCONT)


def hang_for_good(field, _chance, figures):
    lost(field, signal.SIGSTOP, figures)
    field.end_service(signal.SIGKILL)
    field.serve()


def come_and_go(field, chance, _figures):
    """Another face looks for a moment, and is killed."""
    face = field.oma("guest", "watch", "--json")
    time.sleep(chance.uniform(0, 2))
    face.kill()
    face.wait()


FAULTS = {
    each.__name__: each
    for each in (
        kill,
        end,
        restart,
        restart_twice,
        hang,
        hang_shortly,
        hang_for_good,
        come_and_go,
    )
}


def finish(field):
    """End all, and look for what is left."""
    for name, face in field.faces:
        if face.poll() is not None:
            field.failures.append(
                f"{name} ended with {face.returncode}: {field.said(name)[-300:]}"
            )
        face.terminate()
        face.wait()
    field.end_service(signal.SIGTERM)
    left = field.server.tmux("list-clients").splitlines()
    if left:
        field.failures.append(f"clients are left: {left}")
    for name in ("serve", *(name for name, _ in field.faces)):
        if "Traceback" in field.said(name):
            field.failures.append(f"{name}: {field.said(name)[-2000:]}")


if __name__ == "__main__":
    main()
