"""A subscriber that gets every record, complete or not at all.

A tail holds what its reader has not taken yet, up to a bound: memory is limited, and nobody else waits
for a slow reader. A reader that falls further behind gets what was held, then the end, with `cut_off` set.
"""

from collections.abc import Sequence

import attrs

from oma.model.events import PaneCaptured, PaneOutput, Record
from oma.model.health import Transition
from oma.store.waiters import Waiters


@attrs.frozen
class TailStep:
    """One record, and the transitions that it, or the time up to it, brought about."""

    record: Record
    transitions: Sequence[Transition]


@attrs.define(eq=False)
class Tail:
    """What one reader has yet to take.

    Args:
        capacity_steps: How many steps it holds at most.
        capacity_bytes: How many bytes of pane output these may carry.
    """

    capacity_steps: int
    capacity_bytes: int
    only_transitions: bool = False
    """Steps without any are not held: to wake for each record costs as much as to fold it."""
    cut_off: bool = False
    """The reader fell behind, and steps are missing after the ones it got."""
    _steps: list[TailStep] = attrs.Factory(list)
    _held_bytes: int = 0
    _closed: bool = False
    _lot: Waiters = attrs.Factory(Waiters)

    def put(self, step: TailStep) -> None:
        """Hold a step for the reader; never blocks."""
        if self._closed or (self.only_transitions and not step.transitions):
            return
        event = step.record.event
        if isinstance(event, PaneOutput | PaneCaptured):
            self._held_bytes += len(event.data)
        if len(self._steps) >= self.capacity_steps or self._held_bytes > self.capacity_bytes:
            self.cut_off = True
            self.close()
            return
        self._steps.append(step)
        self._lot.unpark_all()

    def close(self) -> None:
        """End the tail: the reader gets what is held, then the end."""
        self._closed = True
        self._lot.unpark_all()

    async def receive(self) -> list[TailStep]:
        """Wait for steps and return all that are there, in order; an empty list is the end."""
        while not self._steps and not self._closed:
            await self._lot.park()
        return self.take()

    def take(self) -> list[TailStep]:
        """Return all steps that are there, in order; possibly none."""
        steps, self._steps = self._steps, []
        self._held_bytes = 0
        return steps
