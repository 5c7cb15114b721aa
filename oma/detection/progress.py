"""Progress: whether a screen that says "working" shows anything but its clock and spinner.

A screen counts as new when none of the last ones looked like it, masked: parts that blink, tips
that take turns and frames that are drawn in parts come back again and again.
"""

import attrs

from oma.detection.claims import PRIORITY_MARKER, Claim, moment
from oma.detection.mask import mask
from oma.detection.scope import text_height
from oma.model.health import Health

_BOTTOM_LINES = 25

# A frame of 40 rows that is cut at any row, and a few lines that blink, stay below this.
_RECENT_SCREENS = 64


@attrs.define
class Progress:
    """Owner of what the bottom of the screen showed, masked, and since when."""

    _profile: str
    new_s: float
    """When something new appeared."""
    _lines: tuple[str, ...] = ()
    _recent: dict[tuple[str, ...], None] = attrs.field(factory=dict)
    """The last masked screens, the newest last."""

    def look(self, t: float, lines: tuple[str, ...]) -> None:
        """Take the screen at `t`."""
        if lines == self._lines:
            return
        self._lines = lines
        end = text_height(lines)
        shown = tuple(mask(line) for line in lines[max(0, end - _BOTTOM_LINES) : end])
        if shown in self._recent:
            del self._recent[shown]
        else:
            self.new_s = t
            if len(self._recent) == _RECENT_SCREENS:
                del self._recent[next(iter(self._recent))]
        self._recent[shown] = None

    def claim(self, working_s: float, limit_s: float) -> Claim:
        """Return the claim that work which began at `working_s` stands still for `limit_s`."""
        stuck_s = moment(max(self.new_s, working_s), limit_s)
        return Claim(
            Health.STUCK,
            "no-progress",
            f"{self._profile}/no_progress",
            f"says that it works, but its screen stands still for {limit_s:g} s",
            stuck_s,
            stuck_s,
            PRIORITY_MARKER,
        )
