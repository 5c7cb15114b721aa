"""What a long watch keeps: the memory of the fold while agents print and print.

    python tests/bench/memory.py [--agents 100] [--megabytes 200] [--columns 120]

Every agent prints lines that no other line is like, in every colour, with titles and links, fifty
times in each second of the log. Prints the memory after each tenth: what is bounded stands still,
whatever comes.
"""

import argparse
import itertools
import random

import psutil
from throughput import ROWS, rules

from oma.model import events as ev
from oma.model.ids import PaneId, SessionId, WindowId
from oma.reducers.fleet import Fleet


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--columns", type=int, default=120)
    options = parser.parse_args()
    fleet, random_, process = Fleet(rules()), random.Random(1), psutil.Process()
    numbers = itertools.count(1)

    def fold(t, event):
        fleet.advance(t)
        fleet.fold(ev.Record(next(numbers), t, event))

    programs = ("claude", "codex", "bash", "gemini", "aider", "opencode")
    for number in range(options.agents):
        session, pane = SessionId(f"${number}"), PaneId(f"%{number}")
        program = programs[number % len(programs)]
        fold(0.0, ev.SessionOpened(session, f"oma-agent-{number}"))
        fold(
            0.0,
            ev.PaneSeen(
                pane, session, WindowId(f"@{number}"), 100, program, "", "/", options.columns, ROWS
            ),
        )
        fold(0.0, ev.PaneCaptured(pane, options.columns, ROWS, 0, 0, False, b""))
    printed_bytes, turn, t = 0, 0, 0.0
    for tenth in range(10):
        while printed_bytes < options.megabytes * 1e6 * (tenth + 1) / 10:
            data = text(random_, options.columns)
            printed_bytes += len(data)
            turn += 1
            t = round(t + 0.02 / options.agents, 6)
            fold(t, ev.PaneOutput(PaneId(f"%{turn % options.agents}"), data))
        memory = process.memory_info().rss / 1e6
        print(f"{printed_bytes / 1e6:6.0f} MB printed, {t:7.0f} s: {memory:6.1f} MB")


def text(random_, columns):
    words = []
    for _ in range(random_.randrange(1, 12)):
        colour, word = random_.randrange(1 << 24), random_.randrange(1 << 40)
        words.append(f"\x1b[38;2;{colour >> 16};{colour >> 8 & 255};{colour & 255}m{word:x}")
    link = f"\x1b]8;;http://example.org/{random_.randrange(1 << 30)}\x1b\\link\x1b]8;;\x1b\\"
    line = " ".join(words) + f"\x1b[0m {link} {chr(0x4E00 + random_.randrange(8000))}e\u0301 ✢"
    title = f"\x1b]2;title {random_.randrange(1 << 30)}\x07"
    return f"{title}{line[: columns * 8]}\r\n".encode() * random_.randrange(1, 4)


if __name__ == "__main__":
    main()
