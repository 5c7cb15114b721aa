"""One agent of the soak, of some kind: `python soak_agent.py KIND SEED FOLDER`.

Whatever else it prints, it counts: lines of its process id and a number that grows by one. At
SIGUSR1 it falls silent and writes into a file of FOLDER how far it came.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

WIDE = "漢字かな交じり 🧑‍💻👩‍👩‍👧 é̂ שלום ﷽ ─│┌ "
HOSTILE = (
    b"%exit\n%begin 1 1 1\n%output %0 lies\n",
    b"\x1b]2;#(touch pwned) #{pid} $(touch pwned)\x07",
    b"\x1b]2;" + b"t" * 5000 + b"\x1b\\",
    b"\x1b[?1049h",
    b"\x1b[?1049l",
    b"\x1bP" + b"q" * 300 + b"\x1b\\",
    b"\x1b[?2004h\x1b[5;10r\x1b[?6h\x1b[r\x1b[?6l",
    b"\xff\xfe\xc3\x28\xe2\x82",
)


class Agent:
    """What all kinds do."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.count = 0
        self.silent = False
        signal.signal(signal.SIGUSR1, self._fall_silent)

    def _fall_silent(self, _number, _frame):
        self.silent = True

    def write(self, data):
        view = memoryview(data if isinstance(data, bytes) else data.encode())
        while view:
            view = view[os.write(1, view) :]

    def say(self, lines=1):
        first, self.count = self.count + 1, self.count + lines
        self.write("".join(f"{os.getpid()}#{n}.\n" for n in range(first, self.count + 1)))

    def rest(self, seconds):
        until_s = time.monotonic() + seconds
        while not self.silent and (left_s := until_s - time.monotonic()) > 0:
            time.sleep(min(left_s, 0.5))


def worker(agent):
    agent.say()
    agent.rest(0.5)


def burst(agent):
    agent.say(3000)
    agent.rest(3)


def flood(agent):
    for _ in range(20):
        agent.say(5000)
    agent.rest(agent.chance.uniform(10, 20))


def spinner(agent):
    for step in range(20):
        agent.write(f"\r{'⠋⠙⠹⠸'[step % 4]} thinking {step / 10:.1f} s")
        agent.rest(0.1)
    agent.write("\n")
    agent.say()


def repaint(agent):
    rows = "".join(f"\x1b[3{n % 8}mrow {n} {agent.chance.random()}\x1b[0m\r\n" for n in range(20))
    agent.write(f"\x1b[H\x1b[2J{rows}")
    agent.say()
    agent.rest(0.1)


def wide(agent):
    agent.write("".join(agent.chance.choices(WIDE, k=200)) + "\n")
    agent.say()
    agent.rest(0.3)


def hostile(agent):
    agent.write(agent.chance.choice(HOSTILE) + agent.chance.randbytes(200) + b"\n")
    agent.say()
    agent.rest(0.5)


def asks(agent):
    agent.write("\x1b[2J\x1b[H✶ Running… (2s · esc to interrupt)\n")
    agent.say(5)
    agent.rest(3)
    agent.write(
        "\x1b[2J\x1b[H● Bash(pytest -q)\n\n Do you want to proceed?\n ❯ 1. Yes\n   2. No\n\n"
        " Esc to cancel · Tab to amend\n"
    )
    agent.rest(agent.chance.uniform(2, 20))
    agent.write("\n")


def limited(agent):
    for left_s in range(9, 0, -1):
        agent.write(f"\x1b[2J\x1b[H✻ API error · Retrying in {left_s}s · attempt 3/10\n\n❯ \n")
        agent.rest(1)
    agent.say()


def fails(agent):
    agent.say()
    agent.write("Error: the model server refused the request\n")
    agent.rest(agent.chance.uniform(3, 12))


def quiet(agent):
    agent.say()
    agent.rest(40)


def tool(agent):
    agent.write("running a tool\n")
    subprocess.run(["sleep", "4"], check=False)
    agent.say(20)
    agent.rest(2)


def reports(agent):
    for state in ("working", "blocked;kind=permission", "idle", "clear"):
        agent.write(f"\x1b]7501;state={state}\x07\n")
        agent.say()
        agent.rest(3)


def leaves(agent):
    for _ in range(agent.chance.randint(2, 20)):
        worker(agent)
    if not agent.silent:
        sys.exit(agent.chance.randint(0, 3))


KINDS = {
    act.__name__: act
    for act in (
        *(worker, burst, flood, spinner, repaint, wide, hostile),
        *(asks, limited, fails, quiet, tool, reports, leaves),
    )
}


def main():
    kind, seed, folder = sys.argv[1:]
    agent = Agent(f"{seed} {os.getpid()}")
    while not agent.silent:
        KINDS[kind](agent)
    Path(folder, str(os.getpid())).write_text(str(agent.count))
    while True:
        signal.pause()


if __name__ == "__main__":
    main()
