"""Silence: what the time since the last activity says of any agent, known or not."""

import math

import attrs

from oma.detection.claims import PRIORITY_SILENCE, Claim, moment
from oma.detection.thresholds import Thresholds
from oma.model.health import Health


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
    _warning_s: float = attrs.field(default=-math.inf, init=False)
    _critical_s: float = attrs.field(default=-math.inf, init=False)
    _counted_from_s: float = attrs.field(default=math.inf, init=False)
    """The activity that the two moments above belong to."""

    def claim(self, t: float) -> Claim:
        """Return the claim that counts at `t`; before the last activity the first one does."""
        self._count()
        if t < self._warning_s:
            return self._active()
        return self._warning() if t < self._critical_s else self._critical()

    def claims(self) -> tuple[Claim, ...]:
        """Return the three claims."""
        self._count()
        return self._active(), self._warning(), self._critical()

    def is_awake(self, t: float) -> bool:
        """Say whether silence means nothing yet at `t`."""
        self._count()
        return t < self._warning_s

    def next_s(self, t: float) -> float:
        """Return the first moment after `t` at which another claim counts, or `inf`."""
        self._count()
        if t < self._warning_s:
            return self._warning_s
        return self._critical_s if t < self._critical_s else math.inf

    def _count(self) -> None:
        if self._counted_from_s != self.active_s:
            self._counted_from_s = self.active_s
            self._warning_s = moment(self.active_s, self._thresholds.idle_warning_s)
            critical_s = moment(self.active_s, self._thresholds.idle_critical_s)
            self._critical_s = max(self._warning_s, critical_s)

    def _active(self) -> Claim:
        return Claim(
            Health.OK,
            "active",
            f"{self._profile}/active",
            "output arrives",
            self.active_s,
            self.active_s,
            PRIORITY_SILENCE,
            self._warning_s,
        )

    def _warning(self) -> Claim:
        return Claim(
            Health.IDLE,
            "silent",
            f"{self._profile}/idle_warning",
            f"no output for {self._thresholds.idle_warning_s:g} s",
            self._warning_s,
            self._warning_s,
            PRIORITY_SILENCE,
            self._critical_s,
        )

    def _critical(self) -> Claim:
        return Claim(
            Health.STUCK,
            "silent",
            f"{self._profile}/idle_critical",
            f"no output for {self._thresholds.idle_critical_s:g} s",
            self._critical_s,
            self._critical_s,
            PRIORITY_SILENCE,
        )
