"""Silence: what the time since the last activity says of any agent, known or not.

It speaks where nothing else does. What it says depends on what was known before: an agent that was at
work may hang; one that rested, or of which nothing was known yet, shows a screen that no rule explains,
and is not STUCK for that. Of an agent of no known kind it says what the configuration says, unless a
composer stands on its screen: then it rests.
"""

import math
from typing import NamedTuple

import attrs

from oma.detection.claims import PRIORITY_SILENCE, Claim, moment
from oma.detection.thresholds import Thresholds
from oma.model.health import Health

REST_S = 5.0
"""How long an agent at its prompt is silent before it is taken to rest; one that streams its answer
was silent for 2.2 s at most."""

UNKNOWN = "unknown-screen"
"""The reason of an agent of a known kind on a screen that no rule explains."""

_AT_PROMPT = f"stands at its prompt, and no output for {REST_S:g} s"


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

    def claim(self, t: float, known: Health | None = None) -> Claim:
        """Return the claim that counts at `t`; before the last activity the first one does.

        Silence alone says something else from its end on.

        Args:
            t: The moment.
            known: What something else than silence said last of the agent's health.
        """
        steps = self._steps(known)
        place = len(steps) - 1
        while place and t < steps[place].since_s:
            place -= 1
        return self._claim(steps, place)

    def claims(self, known: Health | None = None) -> tuple[Claim, ...]:
        """Return the claims that follow one another."""
        steps = self._steps(known)
        return tuple(self._claim(steps, place) for place in range(len(steps)))

    def _steps(self, known: Health | None) -> tuple["_Step", ...]:
        limits = self._thresholds
        warning_s = moment(self.active_s, limits.idle_warning_s)
        active = _Step(self.active_s, Health.OK, "active", "active", "output arrives")
        if self.rests:
            rest_s = min(moment(self.active_s, REST_S), warning_s)
            return active, _Step(rest_s, Health.IDLE, "finished", "at_prompt", _AT_PROMPT)
        if self.has_rules and known is None:
            said = "no rule explains its screen"
            return active, _Step(warning_s, Health.IDLE, UNKNOWN, "unknown_screen", said)
        if self.has_rules and known is Health.IDLE:
            rest_s = min(moment(self.active_s, REST_S), warning_s)
            said = "no rule explains its screen, and it rested before"
            return active, _Step(rest_s, Health.IDLE, UNKNOWN, "unknown_screen", said)
        critical_s = max(warning_s, moment(self.active_s, limits.idle_critical_s))
        idle, stuck = limits.idle_warning_s, limits.idle_critical_s
        return (
            active,
            _Step(warning_s, Health.IDLE, "silent", "idle_warning", f"no output for {idle:g} s"),
            _Step(
                critical_s, Health.STUCK, "silent", "idle_critical", f"no output for {stuck:g} s"
            ),
        )

    def _claim(self, steps: tuple["_Step", ...], place: int) -> Claim:
        step = steps[place]
        return Claim(
            step.health,
            step.reason,
            f"{self._profile}/{step.rule}",
            step.said,
            step.since_s,
            step.since_s,
            PRIORITY_SILENCE,
            steps[place + 1].since_s if place + 1 < len(steps) else math.inf,
        )


class _Step(NamedTuple):
    """What silence says from a moment on, until the next step."""

    since_s: float
    health: Health
    reason: str
    rule: str
    said: str
