r"""Reads what the user does at the terminal, while the terminal is the dashboard's.

What is typed for another program is never read. The keys of job control and of leaving (`C-z`, `C-c`,
`C-\`) are handled here: in raw mode the terminal driver leaves them to us.
"""

import math
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import attrs
import trio

from oma.tui.inputs import Click, Key, Received
from oma.tui.job_control import (
    stop_job,
    stop_process,
    wait_for_foreground,
)
from oma.tui.painter import Painter
from oma.tui.terminal_input.decoder import InputDecoder

DOUBLE_CLICK_S = 0.4
"""Two clicks on one cell within this time are one double click."""

_SIGNALS = {"C-c": signal.SIGINT, "C-\\": signal.SIGQUIT}
"""What a terminal driver would send us for a key."""


@attrs.define
class InputReader:
    """The input of one dashboard.

    Args:
        painter: The terminal.
    """

    painter: Painter
    _decoder: InputDecoder = attrs.field(init=False)
    _owned: trio.Event = attrs.Factory(trio.Event)
    """Set while the terminal is ours."""
    _suspending: trio.Lock = attrs.Factory(trio.Lock)
    _clicked: tuple[float, int, int] = (-math.inf, 0, 0)

    def __attrs_post_init__(self) -> None:
        self._decoder = InputDecoder(self.painter.key_sequences)
        self._owned.set()

    @property
    def owns_terminal(self) -> bool:
        """Whether the terminal is ours, and not another program's."""
        return self._owned.is_set()

    async def run(self, take: Callable[[Received], None]) -> None:
        """Give whatever comes to `take`, in order, until the terminal is gone."""
        while True:
            await self._owned.wait()
            wait_s = self._decoder.wait_s
            with trio.move_on_after(math.inf if wait_s is None else wait_s) as waiting:
                await trio.lowlevel.wait_readable(self.painter.input_fileno)
            if not self.owns_terminal:
                continue  # it was typed for another program
            data = self.painter.read()
            if data == b"":
                return
            if data is not None:
                self._hand_on(self._decoder.feed(data), take)
            elif waiting.cancelled_caught:
                self._hand_on(self._decoder.expire(), take)

    async def follow_job_control(self, resumed: Callable[[], None]) -> None:
        """Stop when SIGTSTP asks for it, and take the terminal back when we go on. Never returns.

        Args:
            resumed: Called whenever the terminal was taken back.
        """
        with trio.open_signal_receiver(signal.SIGTSTP, signal.SIGCONT) as signals:
            async for number in signals:
                if number == signal.SIGTSTP:
                    self._stop(stop_process)
                elif self.owns_terminal:
                    wait_for_foreground()
                    self.painter.resume()
                    self._decoder.reset()
                resumed()

    @asynccontextmanager
    async def suspended(self) -> AsyncIterator[None]:
        """Give the terminal away until the block ends; who else wants it waits for that."""
        async with self._suspending:
            self._owned = trio.Event()
            try:
                with self.painter.suspended():
                    yield
            finally:
                self._decoder.reset()
                self._owned.set()

    def doubled(self, given: Received) -> Received:
        """Return an input that comes now, with whether a click is the second of two."""
        if not isinstance(given, Click):
            return given
        before, self._clicked = self._clicked, (trio.current_time(), given.row, given.column)
        soon = self._clicked[0] - before[0] < DOUBLE_CLICK_S
        return attrs.evolve(given, double=soon and before[1:] == self._clicked[1:])

    def _hand_on(self, inputs: list[Received], take: Callable[[Received], None]) -> None:
        for given in inputs:
            if isinstance(given, Key) and given.name in _SIGNALS:
                signal.raise_signal(_SIGNALS[given.name])
            elif given == Key("C-z"):
                self._stop(stop_job)
            else:
                take(self.doubled(given))

    def _stop(self, stop: Callable[[], None]) -> None:
        """Stop, with the terminal as it was before us meanwhile, where it is ours."""
        if not self.owns_terminal:
            stop()
            return
        with self.painter.suspended():
            stop()
        self._decoder.reset()
