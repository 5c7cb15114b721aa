"""The digest that a dashboard shows while a user asks for it: that of a busy day is made less often."""

from collections.abc import Callable, Sequence
from datetime import datetime

import attrs

from oma.summary.digest import Digest, digest
from oma.summary.log_summary import PastLog

SHARE = 20
"""A digest is made anew after so many times as long as it took."""


@attrs.define
class KeptDigest:
    """The last digest.

    Args:
        logs: Gives what happened, in order of time.
        wall_s: Seconds from anywhere.
    """

    logs: Callable[[], Sequence[PastLog]]
    wall_s: Callable[[], float]
    _told: Digest | None = None
    _since: datetime | None = None
    _until_s: float = 0.0

    def since(self, moment: datetime | None) -> Digest:
        """Return what happened from a moment on; `None` is from the beginning."""
        began_s = self.wall_s()
        if self._told is not None and began_s < self._until_s and moment == self._since:
            return self._told
        logs = self.logs()
        self._told, self._since = digest(logs, moment or logs[0].began), moment
        self._until_s = began_s + SHARE * (self.wall_s() - began_s)
        return self._told
