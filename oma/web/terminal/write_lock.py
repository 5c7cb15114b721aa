"""Who may type into a terminal: one at a time, and everybody sees who."""

from collections.abc import Callable

import attrs

from oma.web.terminal.viewer import Viewer


@attrs.define
class WriteLock:
    """The right to type into one terminal."""

    holder: Viewer | None = None
    _lost: Callable[[], None] = attrs.field(default=lambda: None, init=False)

    def take(self, viewer: Viewer, lost: Callable[[], None], *, may_take_over: bool) -> str:
        """Give the right to somebody, and say why not; an empty text where they have it now.

        Another window of the same user takes it from the first, and so may whoever is trusted
        with everything: a window that was left open must not lock the others out.

        Args:
            viewer: Who.
            lost: Called when somebody else takes it from them.
            may_take_over: They may take it from anybody.
        """
        holder = self.holder
        if holder is not None and holder.name != viewer.name and not may_take_over:
            return f"{holder.name} controls this terminal: ask them to release it"
        taken_from, self.holder, self._lost = self._lost, viewer, lost
        if holder is not None:
            taken_from()
        return ""

    def release(self, viewer: Viewer) -> None:
        """Take the right from somebody who has it."""
        if self.holder is viewer:
            self.holder = None
