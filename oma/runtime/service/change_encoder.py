"""What changes in a log as lines, from how things stand to the end."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import attrs

from oma.store.store import Store
from oma.store.tail import TailStep
from oma.summary.change_lines import encode_began, encode_change, encode_ended
from oma.summary.health_changes import change_of, standing


@attrs.define
class ChangeEncoder:
    """The lines of one log that begins when this is made.

    Args:
        store: Of the log.
        began: The wall time then.
    """

    store: Store
    began: datetime
    _began_s: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._began_s = self.store.t

    def begun(self) -> bytes:
        """Return the lines that tell how things stand."""
        stand = standing(self.store.state, self.began)
        return encode_began(self.began) + b"".join(map(encode_change, stand))

    def told(self, steps: Iterable[TailStep]) -> bytes:
        """Return the lines of what these steps changed; empty for nothing."""
        state = self.store.state
        return b"".join(
            encode_change(change_of(each, state.agent(each.id), self._at(each.t)))
            for step in steps
            for each in step.transitions
        )

    def ended(self) -> bytes:
        """Return the line that says when the log ended: now."""
        return encode_ended(self._at(self.store.t))

    def _at(self, t: float) -> datetime:
        return self.began + timedelta(seconds=t - self._began_s)
