"""What a person does at the terminal, and who has it: the dashboard, or a program it is lent to.

What is typed for another program is never read.
"""

import math
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import attrs
import trio

from oma.tui.inputs import Click, Input
from oma.tui.painter import Painter

DOUBLE_CLICK_S = 0.4
"""Two clicks on one cell within this time are one double click."""

_HUNG_UP_READS = 50
"""So many times readable with nothing to read is a terminal that is gone."""


@attrs.define
class Listening:
    """The ear of one dashboard.

    Args:
        painter: The terminal.
    """

    painter: Painter
    _ours: trio.Event = attrs.Factory(trio.Event)
    """Set while the terminal is ours."""
    _lending: trio.Lock = attrs.Factory(trio.Lock)
    _clicked: tuple[float, int, int] = (-math.inf, 0, 0)

    def __attrs_post_init__(self) -> None:
        self._ours.set()

    @property
    def at_home(self) -> bool:
        """The terminal is ours."""
        return self._ours.is_set()

    async def run(self, take: Callable[[Input], None]) -> None:
        """Give every input to `take`, in order, until the terminal is gone."""
        empty_reads = 0
        while empty_reads < _HUNG_UP_READS:
            await self._ours.wait()
            await trio.lowlevel.wait_readable(sys.stdin.fileno())
            if not self.at_home:
                continue  # it was typed for another program
            given = self.painter.inputs()
            empty_reads = 0 if given is not None else empty_reads + 1
            for each in given or ():
                take(self.doubled(each))

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[None]:
        """Give the terminal away until the block ends; who else wants it waits for that."""
        async with self._lending:
            self._ours = trio.Event()
            try:
                with self.painter.lent():
                    yield
            finally:
                self._ours.set()

    def doubled(self, given: Input) -> Input:
        """Return an input that comes now, with whether a click is the second of two."""
        if not isinstance(given, Click):
            return given
        before, self._clicked = self._clicked, (trio.current_time(), given.row, given.column)
        soon = self._clicked[0] - before[0] < DOUBLE_CLICK_S
        return attrs.evolve(given, double=soon and before[1:] == self._clicked[1:])
