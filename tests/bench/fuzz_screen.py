"""Feed hostile output to the seam over the emulator: no crash, no failure, bounded memory.

A crash of the emulator ends the process, hence a script: run it at each new version of pyghostty.

    python tests/bench/fuzz_screen.py [FEEDS] [--seed N]
"""

import argparse
import random
import sys
import time

import psutil

from oma.model.events import PaneCaptured
from oma.model.ids import PaneId
from oma.screen.emulator import Screen
from oma.screen.signal_scanner import SignalScanner
from tests.unit.screen.hard_cases import CASES

SCREENS = 24
MOST_GROWN_BYTES = 100 << 20
"""What the process may grow by; 24 screens of up to 250x80 hold about 10 MB of plain text."""

_FINALS = "@ABCDEFGHIJKLMPSTXZ`abcdefghilmnpqrstu"
_TEXT = "plain text 漢字 👩‍👩‍👧‍👦 e\u0301 🇩🇪 ✳\ufe0f \u200f ─│ \t\r\n\b\x07\x0e\x0f\x7f"
_ENDS = ["\x07", "\x1b\\", "\x18", "\x1b", ""]


def _csi(random):
    numbers = (str(random.choice([0, 1, 2, 7, 25, 80, 1049, 2026, 65535, 99999999])) for _ in "12")
    middle = random.choice([";", ":", ""]).join(numbers)
    mark = random.choice(["", "?", ">", "<", "=", "!"])
    return f"\x1b[{mark}{middle}{random.choice(['', ' ', '$'])}{random.choice(_FINALS)}".encode()


def _string(random):
    opening = random.choice(["]2;", "]8;;", "]52;c;", "]1337;", "]7501;", "]10;", "P", "Pq", "_G"])
    body = "".join(random.choices(_TEXT + ";=?,0123456789ABC", k=random.choice([0, 5, 40, 3000])))
    return f"\x1b{opening}{body}{random.choice(_ENDS)}".encode()


def _kitty(random):
    keys = f"a={random.choice('tTpdqfac')},f={random.choice([24, 32, 100])},s=9,v=9,i=1,t=d"
    return f"\x1b_G{keys};{'A' * random.choice([4, 400])}\x1b\\".encode()


def _escape(random):
    return b"\x1b" + bytes(random.choices(range(0x20, 0x7F), k=random.choice([1, 2])))


def _text(random):
    return "".join(random.choices(_TEXT, k=random.choice([1, 20, 300]))).encode()


def _stacked(random):
    return ("a" + "\u0301" * random.choice([1, 50, 2000])).encode()


def _raw(random):
    return random.randbytes(random.choice([1, 30, 500]))


def _hard(random):
    return random.choice(list(CASES.values()))


_MAKERS = (_csi, _csi, _string, _kitty, _escape, _text, _text, _stacked, _raw, _hard)


def _screen(random):
    columns, rows = random.choice([1, 2, 20, 80, 250]), random.choice([1, 2, 6, 24, 80])
    if random.random() < 0.5:
        return Screen(columns, rows)
    data = b"".join(_text(random) + b"\n" for _ in range(random.randrange(rows + 3)))
    cursor = random.randrange(columns + 1), random.randrange(rows)
    return Screen.seeded(
        PaneCaptured(PaneId("%0"), columns, rows, *cursor, random.random() < 0.5, data)
    )


def _feed_one(random, screen, scanner):
    data = b"".join(maker(random) for maker in random.choices(_MAKERS, k=random.choice([1, 1, 5])))
    if random.random() < 0.3:
        data = data[: random.randrange(len(data) + 1)]
    screen.feed(data)
    scanner.scan(data)
    if random.random() < 0.2:
        column, row = screen.cursor
        assert len(screen.lines()) == screen.rows, "not all rows"
        assert 0 <= column <= screen.columns, "cursor beside the screen"
        assert 0 <= row < screen.rows, "cursor below the screen"
    assert screen.failed is None, screen.failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("feeds", type=int, nargs="?", default=200_000)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.randrange(1 << 32) if options.seed is None else options.seed
    print(f"seed {seed}, {options.feeds} feeds", flush=True)
    source = random.Random(seed)
    panes = [(_screen(source), SignalScanner()) for _ in range(SCREENS)]
    process = psutil.Process()
    before_bytes = process.memory_info().rss
    most_bytes = 0
    began = time.perf_counter()
    for number in range(options.feeds):
        place = source.randrange(SCREENS)
        if source.random() < 0.002:
            panes[place] = (_screen(source), SignalScanner())
        _feed_one(source, *panes[place])
        if number % 1000 == 0:
            most_bytes = max(most_bytes, process.memory_info().rss - before_bytes)
    took_s = time.perf_counter() - began
    print(f"{options.feeds / took_s:.0f} feeds/s, grew by at most {most_bytes >> 20} MB")
    return int(most_bytes > MOST_GROWN_BYTES)


if __name__ == "__main__":
    sys.exit(main())
