"""Whether what a client says repeats what it said before: the frames of a spinner, that nobody waits for."""

from collections.abc import Iterable

import attrs

from oma.screen.output_shape import output_shape
from oma.tmux.notifications import Output, WireEvent

MOST_SHAPES = 64
LEAST_BYTES = 16
"""Less is what a program prints for a key, for which somebody waits."""

MOST_BYTES = 4096
"""More at once is a flood, which is read as fast as it comes."""

LEAST_READS = 3
"""So many reads, one after the other, have to repeat what came before."""


@attrs.define
class Repetition:
    """Owner of the shapes that one client's output had of late."""

    _shapes: dict[int, None] = attrs.Factory(dict)
    """The newest last."""
    _reads: int = 0

    def take(self, batch: Iterable[WireEvent]) -> bool:
        """Take what was read at once; say whether this and the reads before it were repetitions alone."""
        self._reads += 1
        left_bytes = MOST_BYTES
        for event in batch:
            if type(event) is not Output or len(event.data) < LEAST_BYTES:
                self._reads = 0
                continue
            left_bytes -= len(event.data)
            if left_bytes < 0:
                self._reads = 0
                break
            shape = output_shape(event.data)
            if shape not in self._shapes:
                self._reads = 0
                self._shapes[shape] = None
                if len(self._shapes) > MOST_SHAPES:
                    del self._shapes[next(iter(self._shapes))]
        return self._reads >= LEAST_READS
