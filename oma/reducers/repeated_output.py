"""Output that repeats what was printed before, but for digits and marks: the frames of an agent at work.

A look costs more than all else that output asks for, and the frames of a spinner tell nothing new. Output counts as
repeated where its shape was seen since the last look that found something else than the look before it.
"""

import attrs

from oma.screen.output_shape import output_shape

MOST_SHAPES = 32
"""An agent that paints in more ways than that prints text."""

LONGEST_BYTES = 2048
"""More than that at once is no spinner."""


@attrs.define
class RepeatedOutput:
    """Owner of the shapes that one pane's output had of late."""

    known: tuple[int, ...] = ()
    """Of output after which a look found what the look before it had found; the newest last."""
    fresh: tuple[int, ...] = ()
    """Of output that no look has followed yet; the newest last."""

    def take(self, data: bytes) -> bool:
        """Take output; say whether it repeats what was printed before."""
        if len(data) > LONGEST_BYTES:
            return False
        shape = output_shape(data)
        if shape in self.known:
            return True
        if shape not in self.fresh:
            self.fresh = (*self.fresh[1 - MOST_SHAPES :], shape)
        return False

    def looked(self, *, is_as_before: bool) -> None:
        """Take that there was a look, and whether it found what the look before it had found."""
        if not is_as_before:
            self.known = self.fresh = ()
        elif self.fresh:
            self.known = (*self.known, *self.fresh)[-MOST_SHAPES:]
            self.fresh = ()
