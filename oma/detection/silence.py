"""Silence: what the time since the last activity says of any agent, known or not."""

import math

import attrs

from oma.detection.claims import PRIORITY_SILENCE, Claim, moment
from oma.detection.thresholds import Thresholds
from oma.model.health import Health

REST_S = 5.0
"""How long an agent at its prompt is silent before it is taken to rest; one that streams its answer
was silent for 2.2 s at most."""


@attrs.define
class Silence:
    """Owner of the moment of the last activity.

    Three claims follow one another from there on, so exactly one counts at any time.

    Args:
        profile: name that opens the names of the rules.
        thresholds: when silence begins to mean something.
        active_s: when the agent was last active, or first known.
    """

    _profile: str
    _thresholds: Thresholds
    active_s: float
    rests: bool = False
    """A composer stands on its screen, so that silence means rest, and soon."""

    def claim(self, t: float) -> Claim:
        """Return the claim that counts at `t`; before the last activity the first one does.

        Silence alone says something else from its end on.
        """
        warning_s, critical_s = self._moments()
        if t < warning_s:
            return self._active(warning_s)
        return (
            self._warning(warning_s, critical_s) if t < critical_s else self._critical(critical_s)
        )

    def claims(self) -> tuple[Claim, ...]:
        """Return the three claims."""
        warning_s, critical_s = self._moments()
        return (
            self._active(warning_s),
            self._warning(warning_s, critical_s),
            self._critical(critical_s),
        )

    def _moments(self) -> tuple[float, float]:
        if self.rests:
            rest_s = min(REST_S, self._thresholds.idle_warning_s)
            return moment(self.active_s, rest_s), math.inf
        warning_s = moment(self.active_s, self._thresholds.idle_warning_s)
        return warning_s, max(warning_s, moment(self.active_s, self._thresholds.idle_critical_s))

    def _active(self, warning_s: float) -> Claim:
        return Claim(
            Health.OK,
            "active",
            f"{self._profile}/active",
            "output arrives",
            self.active_s,
            self.active_s,
            PRIORITY_SILENCE,
            warning_s,
        )

    def _warning(self, warning_s: float, critical_s: float) -> Claim:
        if self.rests:
            return Claim(
                Health.IDLE,
                "finished",
                f"{self._profile}/at_prompt",
                f"stands at its prompt, and no output for {REST_S:g} s",
                warning_s,
                warning_s,
                PRIORITY_SILENCE,
            )
        return Claim(
            Health.IDLE,
            "silent",
            f"{self._profile}/idle_warning",
            f"no output for {self._thresholds.idle_warning_s:g} s",
            warning_s,
            warning_s,
            PRIORITY_SILENCE,
            critical_s,
        )

    def _critical(self, critical_s: float) -> Claim:
        return Claim(
            Health.STUCK,
            "silent",
            f"{self._profile}/idle_critical",
            f"no output for {self._thresholds.idle_critical_s:g} s",
            critical_s,
            critical_s,
            PRIORITY_SILENCE,
        )
