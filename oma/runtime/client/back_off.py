"""How long to wait before a control client that ended is started again."""

import attrs

WAITS_S = (0.0, 0.1, 0.3, 1.0)
"""After no failure, one, two; the last for ever."""

STEADY_S = 5.0
"""A client that lived this long did not fail: the next one is started without delay."""


@attrs.define
class BackOff:
    """The patience with one client."""

    _failures: int = 0

    def wait_s(self, lived_s: float) -> float:
        """Return how long to wait now that a client ended that lived for `lived_s`."""
        self._failures = 0 if lived_s > STEADY_S else self._failures + 1
        return WAITS_S[min(self._failures, len(WAITS_S) - 1)]
