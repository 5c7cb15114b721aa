"""Holding: which rules match the screen, since when, and so what they claim.

A rule has to match for its hold time before it counts, and counts for a moment after it ceased to
match: a frame that is drawn in parts changes no verdict.
"""

import math
from collections.abc import Iterator

import attrs

from oma.detection.claims import Claim, moment
from oma.detection.evidence import Evidence
from oma.detection.patterns import PatternSet
from oma.detection.profile import Profile, Rule, RuleState
from oma.model.health import Health

RELEASE_S = 0.1
"""How long a rule that ceased to match still counts: a torn frame is whole again by then."""

_HEALTHS = {
    RuleState.WORKING: Health.OK,
    RuleState.IDLE: Health.IDLE,
    RuleState.WAITING: Health.WAITING,
    RuleState.STUCK: Health.STUCK,
    RuleState.EXITED: Health.EXITED,
}

_Rows = tuple[tuple[int | None, str], ...]


@attrs.define
class _Track:
    since_s: float
    row: int | None
    text: str
    ceased_s: float | None = None
    end_s: float = math.inf
    """Until when it counts."""


@attrs.define
class Holding:
    """Owner of what the rules of one profile saw of one agent."""

    _profile: Profile
    _tracks: dict[str, _Track] = attrs.field(factory=dict)
    _interest: dict[str, bool] = attrs.field(factory=dict)
    """Lines of the last look: whether any pattern of the profile finds them."""

    def look(self, t: float, evidence: Evidence, *, is_new: bool) -> None:
        """Take the evidence at `t`; `is_new` says that its screen shows something new."""
        before, self._interest = self._interest, {}
        for line in (*evidence.lines, evidence.title):
            known = before.get(line)
            self._interest[line] = (
                self._profile.known.search(line) is not None if known is None else known
            )
        for rule in self._profile.rules:
            self._follow(t, rule, self._match(rule, evidence), is_new=is_new)

    def claims(self) -> tuple[Claim, ...]:
        """Return what the rules claim, in the order of the profile; last words are no claim."""
        return tuple(
            self._claim(rule, track)
            for rule in self._profile.rules
            if rule.state is not RuleState.EXITED
            and (track := self._tracks.get(rule.name)) is not None
        )

    def shown_since_s(self, state: RuleState) -> float | None:
        """Return since when rules of this state match without a break; `None` if none does now."""
        return min((track.since_s for track in self._shown(state)), default=None)

    def last_words(self) -> str | None:
        """Return what a rule for the end of the agent finds on the screen."""
        return next((track.text for track in self._shown(RuleState.EXITED)), None)

    def _shown(self, state: RuleState) -> Iterator[_Track]:
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

    def _follow(
        self, t: float, rule: Rule, found: tuple[int | None, str] | None, *, is_new: bool
    ) -> None:
        track = self._tracks.get(rule.name)
        if track is not None and t >= track.end_s:
            track = None
            del self._tracks[rule.name]
        if found is not None:
            since_s = t if track is None else track.since_s
            self._tracks[rule.name] = _Track(since_s, *found)
        elif track is None:
            return
        elif t < moment(track.since_s, rule.hold_s):
            del self._tracks[rule.name]
        elif track.ceased_s is None or is_new:
            track.ceased_s = t if track.ceased_s is None else track.ceased_s
            linger_s = RELEASE_S if is_new else max(RELEASE_S, rule.linger_s)
            track.end_s = min(track.end_s, max(t, moment(track.ceased_s, linger_s)))

    def _match(self, rule: Rule, evidence: Evidence) -> tuple[int | None, str] | None:
        rows = rule.scope.lines(evidence)
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
        return self._interest[line] and patterns.search(line) is not None
