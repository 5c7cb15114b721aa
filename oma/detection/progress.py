"""Progress: whether a screen that says "working" shows anything but its clock and spinner.

A screen counts as new when none of the last ones looked like it, masked: parts that blink and
frames that are drawn in parts come back again and again.
"""

from collections.abc import Iterable

import attrs

from oma.detection.claims import PRIORITY_MARKER, Claim, moment
from oma.detection.mask import mask
from oma.model.health import Health

# A frame of 40 rows that is cut at any row, and a few lines that blink, stay below this.
_RECENT_SCREENS = 64


@attrs.define
class Novelty:
    """Owner of the last masked screens."""

    _recent: dict[tuple[str, ...], None] = attrs.field(factory=dict)
    """The newest last."""

    def look(self, lines: Iterable[str]) -> bool:
        """Take a screen, and say whether it is new."""
        shown = tuple(mask(line) for line in lines)
        is_new = shown not in self._recent
        self._recent.pop(shown, None)
        self._recent[shown] = None
        if len(self._recent) > _RECENT_SCREENS:
            del self._recent[next(iter(self._recent))]
        return is_new


def no_progress(profile: str, new_s: float, limit_s: float) -> Claim:
    """Return the claim that an agent works without anything new for `limit_s` since `new_s`."""
    stuck_s = moment(new_s, limit_s)
    return Claim(
        Health.STUCK,
        "no-progress",
        f"{profile}/no_progress",
        f"says that it works, but its screen stands still for {limit_s:g} s",
        stuck_s,
        stuck_s,
        PRIORITY_MARKER,
    )
