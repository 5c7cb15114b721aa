"""Silence: what the time since the last activity says of any agent, known or not.

It speaks where nothing else does. What it says depends on what was known before: an agent that was at
work may hang; one that rested, or of which nothing was known yet, shows a screen that no rule explains,
and is not STUCK for that. Of an agent of no known kind it says what the configuration says, unless a
composer stands on its screen: then it rests.
"""

import math
from collections.abc import Callable, Mapping

import attrs

from oma.detection.announcements import NOTHING, Announced
from oma.detection.claims import PRIORITY_SILENCE, Claim, moment
from oma.detection.structure import Place
from oma.detection.thresholds import Thresholds
from oma.model.health import ATTENTION, Health

REST_S = 5.0
"""How long an agent at its prompt is silent before it is taken to rest; one that streams its answer
was silent for 2.2 s at most."""

UNKNOWN_REST_S = 3.0
"""The same for an agent without rules that may know better."""

CALL_S = 1.0
"""How long after a call a program may write and still stand by it: a dialog is painted, the call comes
in the middle. Silence has to last as long before a call is believed."""

Parts = Mapping[Place, tuple[str, ...]]
"""The last lines of each part of a screen."""

_Rule = tuple[Health, str, str, str]
Phase = tuple[_Rule, float, float]
"""What silence says, since when and until when."""

# Health, reason, rule and evidence of what silence says; the second is told by the thresholds.
_ACTIVE: _Rule = (Health.OK, "active", "active", "output arrives")
_SILENT: _Rule = (Health.IDLE, "silent", "", "")
_AT_PROMPT: _Rule = (
    Health.IDLE,
    "finished",
    "at_prompt",
    "stands at its prompt, and is silent",
)
_UNKNOWN: _Rule = (
    Health.IDLE,
    "unknown-screen",
    "unknown_screen",
    "no rule explains its screen",
)
_UNKNOWN_AT_REST: _Rule = (
    Health.IDLE,
    "unknown-screen",
    "unknown_screen",
    "no rule explains its screen, and it rested before",
)


@attrs.define
class Silence:
    """Owner of the moment of the last activity.

    A few claims follow one another from there on, so exactly one counts at any time.

    Args:
        profile: Name that opens the names of the rules.
        thresholds: When silence begins to mean something.
        active_s: When the agent was last active, or first known.
        has_rules: The agent is of a kind whose screen rules explain.
    """

    _profile: str
    _thresholds: Thresholds
    active_s: float
    has_rules: bool = False
    rests: bool = False
    """A composer stands on its screen, so that silence means rest, and soon."""

    owes: bool = False
    """What the user sent is the last thing above the composer, so that silence is no rest so soon."""

    typed_s: float | None = None
    """When it was active last, if it rested before: a user may have typed into the composer, and a look tells."""

    _announced: Announced = NOTHING

    def active(self, t: float) -> None:
        """Take an activity at `t`."""
        if self.rests and not self._announced.call and t >= self._first(None)[0]:
            self.typed_s = t
        else:
            self.active_s, self.typed_s = t, None

    def tell_typing(self, before: Parts, shown: Callable[[], Parts]) -> None:
        """Take the screen before an activity at rest, and what tells of it now: more than a draft is one of the agent."""
        if self.typed_s is not None and not is_typing(before, shown()):
            self.active_s = self.typed_s
        self.typed_s = None

    def look(self, announced: Announced, *, has_composer: bool, owes: bool) -> None:
        """Take what the program announced, whether its screen shows a composer, and what it owes."""
        self._announced, self.owes = announced, owes
        # Agents of known kinds mark the parts of their conversation: that is no prompt.
        self.rests = has_composer or (announced.at_prompt and not self.has_rules)

    def claim(self, t: float, known: Health | None = None) -> Claim:
        """Return the claim that counts at `t`; before the last activity the first one does.

        Silence alone says something else from its end on.

        Args:
            t: The moment.
            known: What something else than silence said last of the agent's health.
        """
        return self.told(self.phase(t, known))

    def phase(self, t: float, known: Health | None = None) -> Phase:
        """Return what `claim` says, as a tuple: most looks need no more of it."""
        warning_s, rule = self._first(known)
        if t < warning_s:  # nearly always
            return _ACTIVE, self.active_s, warning_s
        critical_s, last = self._last(warning_s, rule)
        if t < critical_s:
            return self._told(rule), warning_s, critical_s
        return last, critical_s, math.inf

    def told(self, phase: Phase) -> Claim:
        """Return the claim of a phase."""
        return self._claim(*phase)

    def claims(self, known: Health | None = None) -> tuple[Claim, ...]:
        """Return the claims that follow one another."""
        warning_s, rule = self._first(known)
        critical_s, last = self._last(warning_s, rule)
        claims = (
            self._claim(_ACTIVE, self.active_s, warning_s),
            self._claim(self._told(rule), warning_s, critical_s),
        )
        return (
            claims
            if critical_s == math.inf
            else (*claims, self._claim(last, critical_s, math.inf))
        )

    def _told(self, rule: _Rule) -> _Rule:
        if rule is not _SILENT:
            return rule
        said = f"no output for {self._thresholds.idle_warning_s:g} s"
        return Health.IDLE, "silent", "idle_warning", said

    def _last(self, warning_s: float, rule: _Rule) -> tuple[float, _Rule]:
        """Return when silence says the last that it has to say, and what; infinite where that is `rule`."""
        critical_s = max(warning_s, moment(self.active_s, self._thresholds.idle_critical_s))
        if rule is _SILENT:
            said = f"no output for {self._thresholds.idle_critical_s:g} s"
            return critical_s, (Health.STUCK, "silent", "idle_critical", said)
        if rule is _UNKNOWN or rule is _UNKNOWN_AT_REST:
            said = f"{rule[3]}, for {self._thresholds.idle_critical_s:g} s"
            return critical_s, (Health.IDLE, ATTENTION, "unknown_screen_stands", said)
        return math.inf, rule

    def _first(self, known: Health | None) -> tuple[float, _Rule]:
        """Return when silence begins to mean something, and what."""
        active_s, warning_s = self.active_s, self._thresholds.idle_warning_s
        if self._announced.call is not None and active_s <= self._announced.call_s + CALL_S:
            return moment(active_s, min(CALL_S, warning_s)), _called(self._announced)
        if self.rests:
            rest_s = REST_S if self.has_rules else UNKNOWN_REST_S
            rest_s = warning_s if self.owes else min(rest_s, warning_s)
            return moment(active_s, rest_s), _AT_PROMPT
        if self.has_rules and known is None:
            return moment(active_s, warning_s), _UNKNOWN
        if self.has_rules and known is Health.IDLE:
            return moment(active_s, min(REST_S, warning_s)), _UNKNOWN_AT_REST
        return moment(active_s, warning_s), _SILENT

    def _claim(self, rule: _Rule, since_s: float, end_s: float) -> Claim:
        health, reason, name, said = rule
        return Claim(
            health,
            reason,
            f"{self._profile}/{name}",
            said,
            since_s,
            since_s,
            PRIORITY_SILENCE,
            end_s,
        )


def is_typing(before: Parts, after: Parts) -> bool:
    """Say whether nothing changed from one screen to the next but a draft, and perhaps the hints below it."""
    changed = {place for place in Place if before.get(place) != after.get(place)}
    return not changed or (Place.COMPOSER in changed and changed <= {Place.COMPOSER, Place.STATUS})


def _called(announced: Announced) -> _Rule:
    if not announced.call:
        return Health.IDLE, "notified", "bell", "rang the bell, and no output since"
    health = Health.WAITING if announced.asks else Health.IDLE
    return health, "notified", "notification", announced.call
