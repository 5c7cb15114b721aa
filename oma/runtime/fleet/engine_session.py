"""Stays at an engine: connects again after each loss, later and later, and says once that it is lost."""

from collections.abc import Awaitable, Callable

import attrs
import trio

from oma.runtime.fleet.engine import Engine, EngineError, EngineLink

WAITS_S = (0.5, 1.0, 2.0, 3.0)
"""Before each try after one that failed; the last for ever."""


@attrs.define
class EngineSession:
    """What one part of `oma` has to do with an engine, over many connections.

    Args:
        engine: Which.
        follow: What is done over each connection; it ends by an `EngineError`, or when it is cancelled.
        lost: Called with the first failure after `works`.
    """

    engine: Engine
    follow: Callable[[EngineLink], Awaitable[None]]
    lost: Callable[[EngineError], None]
    _failures: int = 0

    def works(self) -> bool:
        """Take that the connection is of use; say whether it had been lost before."""
        had_failed, self._failures = self._failures > 0, 0
        return had_failed

    async def run(self) -> None:
        """Stay there until cancelled."""
        while True:
            try:
                async with self.engine.connect() as link:
                    await self.follow(link)
            except EngineError as error:
                await trio.lowlevel.checkpoint()  # whoever is cancelled has not lost it
                if not self._failures:
                    self.lost(error)
                self._failures += 1
            await trio.sleep(WAITS_S[min(self._failures, len(WAITS_S)) - 1])
