"""The process that plays the agents: frames on some terminals, failures on others.

    python -m oma.bench.workload JSON

Failures are said on standard output, a line each: its number. It ends by itself, or with its input.
"""

import heapq
import json
import os
import select
import sys
import time
from collections.abc import Callable, Sequence

import attrs

from oma.bench.marker import CLEAR, Marker, paint

FRAMES_PER_S = 10
_DOTS = b"." * 80
_NS = 1_000_000_000


@attrs.frozen
class Play:
    """What is played."""

    painters: Sequence[str]
    """Terminals that repaint a line ten times a second."""
    failing: Sequence[str]
    """Terminals that fail, and recover, in turns."""
    visible_s: float
    """How long a failure stands."""
    clear_s: float
    """How long all is well after it."""
    seconds: float
    """How long failures begin; the last of them stands its time."""

    def as_json(self) -> str:
        """Return it as the command line of this module takes it."""
        return json.dumps(attrs.asdict(self))


def frame(number: int) -> bytes:
    """Return one repainted line: a spinner, a count, colour; 130 bytes, as agents paint."""
    spinner = b"|/-\\"[number % 4 : number % 4 + 1]
    return b"\r\x1b[K%s working \x1b[1m%d tokens\x1b[0m \x1b[32m%d\x1b[0m%s" % (
        spinner,
        number,
        number * 7,
        _DOTS,
    )


@attrs.define
class Stagehand:
    """Knows what is to be written next, and where."""

    play: Play
    failures: int = 0
    standing: int = 0
    """How many terminals show one now."""
    over: bool = False
    """No more of them begin."""
    _due: list[tuple[int, int, Callable[[], float]]] = attrs.Factory(list)
    """When (ns), a number that breaks ties, and the act, which returns when it is due again."""

    def prepare(self, start_ns: int) -> None:
        """Spread all acts evenly over their periods, as independent agents would be."""
        play = self.play
        for index, name in enumerate(play.painters):
            offset_s = index / len(play.painters) / FRAMES_PER_S
            self._plan(start_ns, offset_s, self._painter(os.open(name, os.O_WRONLY | os.O_NOCTTY)))
        period_s = play.visible_s + play.clear_s
        for index, name in enumerate(play.failing):
            offset_s = index / len(play.failing) * period_s
            self._plan(start_ns, offset_s, self._failing(os.open(name, os.O_WRONLY | os.O_NOCTTY)))

    def run_due(self, now_ns: int) -> int:
        """Do what is due and return when the next act is."""
        while self._due[0][0] <= now_ns:
            at_ns, order, act = heapq.heappop(self._due)
            again_s = act()
            heapq.heappush(self._due, (at_ns + int(again_s * _NS), order, act))
        return self._due[0][0]

    def _plan(self, start_ns: int, offset_s: float, act: Callable[[], float]) -> None:
        heapq.heappush(self._due, (start_ns + int(offset_s * _NS), len(self._due), act))

    def _painter(self, terminal: int) -> Callable[[], float]:
        number = 0

        def act() -> float:
            nonlocal number
            number += 1
            os.write(terminal, frame(number))
            return 1 / FRAMES_PER_S

        return act

    def _failing(self, terminal: int) -> Callable[[], float]:
        shown = False

        def act() -> float:
            nonlocal shown
            if shown:
                shown = False
                self.standing -= 1
                os.write(terminal, CLEAR)
                return self.play.clear_s
            if self.over:
                return self.play.clear_s
            shown = True
            self.standing += 1
            print(self.failures, flush=True)
            marker = Marker(self.failures, time.monotonic_ns())
            os.write(terminal, paint(marker))
            self.failures += 1
            return self.play.visible_s

        return act


def main() -> None:
    """Play what the command line asks for."""
    play = Play(**json.loads(sys.argv[1]))
    hand = Stagehand(play)
    start_ns = time.monotonic_ns()
    end_ns = start_ns + int(play.seconds * _NS)
    hand.prepare(start_ns)
    while not hand.over or hand.standing:
        now_ns = time.monotonic_ns()
        hand.over = now_ns >= end_ns
        wait_s = max(0.0, (hand.run_due(now_ns) - time.monotonic_ns()) / _NS)
        if select.select([sys.stdin], [], [], wait_s)[0]:
            return


if __name__ == "__main__":
    main()
