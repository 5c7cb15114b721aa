"""A limit on failed logins, for each address they come from."""

from collections.abc import Callable

import attrs

MOST = 5
WITHIN_S = 60.0

_REMEMBERED = 4096
"""Addresses; with more of them the oldest are forgotten, so that memory stays bounded."""


@attrs.define
class LoginThrottle:
    """Counts what failed lately.

    Args:
        now_s: Seconds, of any beginning.
    """

    now_s: Callable[[], float]
    _failed: dict[str, tuple[float, ...]] = attrs.Factory(dict)

    def exhausted(self, address: str) -> bool:
        """Say whether this address has to wait."""
        return len(self._recent(address)) >= MOST

    def failed(self, address: str) -> None:
        """Take note of a failure."""
        recent = (*self._recent(address), self.now_s())
        self._failed.pop(address, None)
        self._failed[address] = recent[-MOST:]
        while len(self._failed) > _REMEMBERED:
            del self._failed[next(iter(self._failed))]

    def _recent(self, address: str) -> tuple[float, ...]:
        since_s = self.now_s() - WITHIN_S
        return tuple(at_s for at_s in self._failed.get(address, ()) if at_s > since_s)
