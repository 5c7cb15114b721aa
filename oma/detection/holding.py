"""Holding: which rules match the screen, since when, and so what they claim.

A rule has to match for its hold time before it counts, and counts for a moment after it ceased to
match: a frame that is drawn in parts changes no verdict. A rule that lingers goes on for longer,
until the agent is seen to get on, to rest or to ask: between two tries no retry line is shown. An
error that is not tried again has to appear on a new screen: on an old one it is an old error that
came to light again, because a person took back what followed it.
"""

import math
from collections.abc import Iterator

import attrs

from oma.detection.claims import Claim, moment
from oma.detection.evidence import Evidence
from oma.detection.mask import mask
from oma.detection.patterns import PatternSet
from oma.detection.profile import Profile, Rule, RuleState
from oma.detection.progress import Novelty
from oma.detection.scope import text_height
from oma.model.health import Health

RELEASE_S = 0.1
"""How long a rule that ceased to match still counts: a torn frame is whole again by then."""

_BOTTOM_LINES = 25

_HEALTHS = {
    RuleState.WORKING: Health.OK,
    RuleState.IDLE: Health.IDLE,
    RuleState.WAITING: Health.WAITING,
    RuleState.STUCK: Health.STUCK,
    RuleState.EXITED: Health.EXITED,
}

_Match = tuple[int | None, str]
_Rows = tuple[_Match, ...]


@attrs.define
class _Track:
    since_s: float
    row: int | None
    text: str
    is_old: bool
    """It came to light again, and claims nothing."""
    ceased_s: float | None = None
    end_s: float = math.inf
    """Until when it counts."""


@attrs.define
class Holding:
    """Owner of what the rules of one profile saw of one agent."""

    _profile: Profile
    new_s: float
    """When the bottom of the screen last showed something new."""
    _tracks: dict[str, _Track] = attrs.field(factory=dict)
    _hits: dict[str, dict[PatternSet, bool]] = attrs.field(factory=dict)
    """Lines of the last look: which patterns find them, as far as somebody asked."""
    _shown: Evidence | None = None
    _screens: Novelty = attrs.field(factory=Novelty)
    _contents: Novelty = attrs.field(factory=Novelty)
    """The same without the lines that rules for work and failure find: spinner, retry."""

    def look(self, t: float, evidence: Evidence) -> None:
        """Take the evidence at `t`."""
        if self._shown is not None and _looks_the_same(self._shown, evidence):
            return
        self._shown = evidence
        self._forget_other_lines(evidence)
        scopes = {rule.scope for rule in self._profile.rules}
        rows = {scope: scope.lines(evidence) for scope in scopes}
        found = {rule.name: self._match(rule, rows[rule.scope]) for rule in self._profile.rules}
        lines = self._telling_lines(evidence.lines)
        is_new = self._screens.look(lines)
        self.new_s = t if is_new else self.new_s
        gets_on = self._contents.look(line for line in lines if not self._is_marker(line))
        is_still = not any(
            found[rule.name] is not None
            for rule in self._profile.rules
            if rule.state in {RuleState.IDLE, RuleState.WAITING}
        )
        for rule in self._profile.rules:
            match = found[rule.name]
            if match is None:
                self._miss(t, rule, may_linger=is_still and not gets_on)
            else:
                self._hit(t, rule, match, is_new=is_new)

    def _telling_lines(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return the bottom of the screen without blank lines and chatter."""
        end = text_height(lines)
        return tuple(
            line
            for line in lines[max(0, end - _BOTTOM_LINES) : end]
            if line.strip() and not self._finds(self._profile.chatter, line)
        )

    def claims(self) -> tuple[Claim, ...]:
        """Return what the rules claim, in the order of the profile; last words are no claim."""
        return tuple(
            self._claim(rule, track)
            for rule in self._profile.rules
            if rule.state is not RuleState.EXITED
            and (track := self._tracks.get(rule.name)) is not None
            and not track.is_old
        )

    def shown_since_s(self, state: RuleState) -> float | None:
        """Return since when rules of this state match without a break; `None` if none does now."""
        return min((track.since_s for track in self._matching(state)), default=None)

    def last_words(self) -> str | None:
        """Return what a rule for the end of the agent finds on the screen."""
        return next((track.text for track in self._matching(RuleState.EXITED)), None)

    def _matching(self, state: RuleState) -> Iterator[_Track]:
        for rule in self._profile.rules:
            track = self._tracks.get(rule.name)
            if rule.state is state and track is not None and track.ceased_s is None:
                yield track

    def _claim(self, rule: Rule, track: _Track) -> Claim:
        return Claim(
            _HEALTHS[rule.state],
            rule.reason,
            f"{self._profile.name}/{rule.name}",
            track.text,
            track.since_s,
            moment(track.since_s, rule.hold_s),
            rule.priority,
            track.end_s,
            track.row,
        )

    def _hit(self, t: float, rule: Rule, match: _Match, *, is_new: bool) -> None:
        track = self._live_track(t, rule)
        if track is None:
            is_old = rule.state is RuleState.STUCK and not rule.linger_s and not is_new
            self._tracks[rule.name] = _Track(t, *match, is_old)
        else:
            is_old = track.is_old and mask(track.text) == mask(match[1])
            since_s = track.since_s if is_old == track.is_old else t
            self._tracks[rule.name] = _Track(since_s, *match, is_old)

    def _miss(self, t: float, rule: Rule, *, may_linger: bool) -> None:
        track = self._live_track(t, rule)
        if track is None:
            return
        if t < moment(track.since_s, rule.hold_s):
            del self._tracks[rule.name]
        elif track.ceased_s is None or not may_linger:
            track.ceased_s = t if track.ceased_s is None else track.ceased_s
            linger_s = max(RELEASE_S, rule.linger_s) if may_linger else RELEASE_S
            track.end_s = min(track.end_s, max(t, moment(track.ceased_s, linger_s)))

    def _live_track(self, t: float, rule: Rule) -> _Track | None:
        track = self._tracks.get(rule.name)
        if track is not None and t >= track.end_s:
            del self._tracks[rule.name]
            return None
        return track

    def _forget_other_lines(self, evidence: Evidence) -> None:
        before = self._hits
        lines = {*evidence.lines, evidence.title}
        self._hits = {line: before.get(line) or {} for line in lines}

    def _is_marker(self, line: str) -> bool:
        return self._finds(self._profile.known, line) and any(
            self._finds(rule.any, line)
            for rule in self._profile.rules
            if rule.state in {RuleState.WORKING, RuleState.STUCK}
        )

    def _match(self, rule: Rule, rows: _Rows) -> _Match | None:
        if self._last(rule.unless, rows) is not None:
            return None
        if rule.also.sources and self._last(rule.also, rows) is None:
            return None
        rows = rows[: self._last(rule.above, rows)]
        below = self._last(rule.below, rows)
        rows = rows if below is None else rows[below + 1 :]
        place = self._last(rule.any, rows)
        return None if place is None else (rows[place][0], " ".join(rows[place][1].split()))

    def _last(self, patterns: PatternSet, rows: _Rows) -> int | None:
        if patterns.sources:
            for place in range(len(rows) - 1, -1, -1):
                if self._finds(patterns, rows[place][1]):
                    return place
        return None

    def _finds(self, patterns: PatternSet, line: str) -> bool:
        hits = self._hits[line]
        known = self._profile.known
        if known not in hits:
            hits[known] = known.search(line) is not None
        if not hits[known]:
            return False
        if patterns not in hits:
            hits[patterns] = patterns.search(line) is not None
        return hits[patterns]


def _looks_the_same(one: Evidence, other: Evidence) -> bool:
    return (
        one.lines == other.lines
        and one.title == other.title
        and one.cursor_row == other.cursor_row
    )
