"""Progress: what is new on a screen, and whether one that says "working" shows anything new.

A screen counts as new when none of the last ones looked like it, masked: parts that blink and
frames that are drawn in parts come back again and again.
"""

from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b
from itertools import compress
from operator import is_not

import attrs

from oma.detection.claims import PRIORITY_MARKER, Claim, moment
from oma.detection.mask import mask, token_count
from oma.detection.patterns import REMEMBERED_LINES
from oma.detection.profile import Profile, RuleState
from oma.model.health import Health

# A frame of 40 rows that is cut at any row, and a few lines that blink, stay below this.
_RECENT_SCREENS = 64

REMEMBERED_CLAIMS = 512
"""From one look to the next a claim mostly stays."""

_BOTTOM_LINES = 25


@attrs.define
class Novelty:
    """Owner of the last screens, masked, with the time at which each was first seen.

    They are kept as hashes that every process agrees on: two of 64 bits are the same by chance once in 10^16 looks, and
    the texts would be a third of a megabyte for each agent. A line is hashed once, a screen from the hashes of its lines.
    """

    _recent: dict[int, float] = attrs.field(factory=dict)
    """The newest last."""
    _newest: int | None = None

    def look(self, t: float, screen: tuple[int, ...]) -> float:
        """Take the hashes of a masked screen's lines, and return when it was first seen: at `t` if it is new."""
        known = hash(screen)  # of numbers it is the same in every process
        first_s = self._recent.get(known, t)
        if known != self._newest:
            self._recent.pop(known, None)
            self._recent[known] = first_s
            self._newest = known
            if len(self._recent) > _RECENT_SCREENS:
                del self._recent[next(iter(self._recent))]
        return first_s


def digest(masked: str) -> int:
    """Return the hash of a masked line; never 0."""
    shown = masked.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(shown, digest_size=8).digest()) or 1


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
    _read: "_LineReader" = attrs.field(init=False)
    _screens: Novelty = attrs.field(factory=Novelty, init=False)
    _contents: Novelty = attrs.field(factory=Novelty, init=False)
    _bottom: tuple[str, ...] = attrs.field(default=(), init=False)
    """The lines that were looked at last."""
    _shown: list[int] = attrs.field(factory=list, init=False)
    """What each of them shows, and what of that is content, as hashes."""
    _content: list[int] = attrs.field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self.content_s = self.new_s
        self._read = _line_reader(self._profile)

    def look(self, t: float, lines: tuple[str, ...]) -> None:
        """Take the lines of a screen."""
        height = text_height(lines)
        bottom = lines[max(0, height - _BOTTOM_LINES) : height]
        shows_other, has_other = self._take(bottom)
        # What is as it was at the last look was first seen when it was seen then.
        if shows_other and self._screens.look(t, tuple(filter(None, self._shown))) == t:
            self.new_s = t
        if has_other:
            self.content_s = self._contents.look(t, tuple(filter(None, self._content)))

    def _take(self, bottom: tuple[str, ...]) -> tuple[bool, bool]:
        """Read the lines; say whether they show anything else than those before, and whether other content."""
        before, self._bottom = self._bottom, bottom
        if not self._shown or len(bottom) != len(before):
            read = list(map(self._read, bottom))
            self._shown = [shown for shown, _ in read]
            self._content = [content for _, content in read]
            return True, True
        shows_other = has_other = False
        for place in compress(range(len(bottom)), map(is_not, bottom, before)):  # hardly any
            shown, content = self._read(bottom[place])
            if shown != self._shown[place]:
                self._shown[place], shows_other = shown, True
            if content != self._content[place]:
                self._content[place], has_other = content, True
        return shows_other, has_other


def text_height(lines: tuple[str, ...]) -> int:
    """Return how many lines there are down to the last one that is not blank."""
    height = len(lines)
    while height and (not lines[height - 1] or lines[height - 1].isspace()):
        height -= 1
    return height


_LineReader = Callable[[str], tuple[int, int]]


@lru_cache
def _line_reader(profile: Profile) -> _LineReader:
    """Return what tells of a line what it shows, and what of that is content, as hashes; 0 for nothing.

    Agents of one kind share what it remembers: from one look to the next most lines stay.
    """
    mark = profile.index.mark
    chatter = mark(profile.chatter)
    signs = failures = 0
    for rule in profile.every_rule:
        if rule.linger_s or rule.state in {RuleState.WORKING, RuleState.IDLE}:
            signs |= mark(rule.any)
        elif rule.state is RuleState.STUCK:
            # Content even beside a sign: a last frame of a spinner may stand before the words.
            failures |= mark(rule.any)

    @lru_cache(REMEMBERED_LINES)
    def read(line: str) -> tuple[int, int]:
        found = profile.index.marks((line,))[0]
        if not line or found & chatter or line.isspace():
            return 0, 0
        shown = digest(mask(line))
        if not found & signs or found & failures:
            return shown, shown
        count = token_count(line)
        return shown, digest(count) if count else 0

    return read


@lru_cache(REMEMBERED_CLAIMS)
def no_progress(profile: str, new_s: float, limit_s: float) -> Claim:
    """Return the claim that an agent works without anything new for `limit_s` since `new_s`."""
    stuck_s = moment(new_s, limit_s)
    rule, said = _standing_still(profile, limit_s)
    return Claim(
        Health.STUCK,
        "no-progress",
        rule,
        said,
        stuck_s,
        stuck_s,
        PRIORITY_MARKER,
    )


@lru_cache
def _standing_still(profile: str, limit_s: float) -> tuple[str, str]:
    return (
        f"{profile}/no_progress",
        f"says that it works, but its screen stands still for {limit_s:g} s",
    )
