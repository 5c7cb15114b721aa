"""Progress: what is new on a screen, and whether one that says "working" shows anything new.

A screen counts as new when none of the last ones looked like it, masked: parts that blink and
frames that are drawn in parts come back again and again.
"""

import attrs

from oma.detection.claims import PRIORITY_MARKER, Claim, moment
from oma.detection.mask import mask, token_count
from oma.detection.profile import Profile, RuleState
from oma.model.health import Health

# A frame of 40 rows that is cut at any row, and a few lines that blink, stay below this.
_RECENT_SCREENS = 64

_BOTTOM_LINES = 25


@attrs.define
class Novelty:
    """Owner of the last screens, masked, with the time at which each was first seen."""

    _recent: dict[tuple[str, ...], float] = attrs.field(factory=dict)
    """The newest last."""
    _newest: tuple[str, ...] | None = None

    def look(self, t: float, screen: tuple[str, ...]) -> float:
        """Take a masked screen, and return when it was first seen: at `t` if it is new."""
        first_s = self._recent.get(screen, t)
        if screen != self._newest:
            self._recent.pop(screen, None)
            self._recent[screen] = first_s
            self._newest = screen
            if len(self._recent) > _RECENT_SCREENS:
                del self._recent[next(iter(self._recent))]
        return first_s


@attrs.define
class News:
    """Owner of what the bottom of one screen showed, blank lines and chatter left out.

    Args:
        profile: Tells chatter, and the signs that an agent works, rests or tries again, which
            are no content.
        new_s: When something new was last seen, or is taken to be.
    """

    _profile: Profile
    new_s: float
    """When the bottom of the screen last showed something new."""
    content_s: float = attrs.field(init=False)
    """When the content that is shown now was first shown; a count of tokens is content."""
    _signs: int = attrs.field(init=False)
    _failures: int = attrs.field(init=False)
    """Content even beside a sign: a last frame of a spinner may stand before the words."""
    _chatter: int = attrs.field(init=False)
    _screens: Novelty = attrs.field(factory=Novelty, init=False)
    _contents: Novelty = attrs.field(factory=Novelty, init=False)

    def __attrs_post_init__(self) -> None:
        self.content_s = self.new_s
        mark = self._profile.index.mark
        self._chatter = mark(self._profile.chatter)
        self._signs = self._failures = 0
        for rule in self._profile.rules:
            if rule.linger_s or rule.state in {RuleState.WORKING, RuleState.IDLE}:
                self._signs |= mark(rule.any)
            elif rule.state is RuleState.STUCK:
                self._failures |= mark(rule.any)

    def look(self, t: float, lines: tuple[str, ...], marks: tuple[int, ...], height: int) -> None:
        """Take the lines of a screen with their marks; `height` as `text_height` says."""
        screen, content = [], []
        for row in range(max(0, height - _BOTTOM_LINES), height):
            line, found = lines[row], marks[row]
            if not line or found & self._chatter or line.isspace():
                continue
            masked = mask(line)
            screen.append(masked)
            if not found & self._signs or found & self._failures:
                content.append(masked)
            elif tokens := token_count(line):
                content.append(tokens)
        if self._screens.look(t, tuple(screen)) == t:
            self.new_s = t
        self.content_s = self._contents.look(t, tuple(content))


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
