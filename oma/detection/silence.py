"""Silence: what the time since the last activity says of any agent, known or not."""

import attrs

from oma.detection.claims import PRIORITY_SILENCE, Claim, moment
from oma.detection.thresholds import Thresholds
from oma.model.health import Health


@attrs.define
class Silence:
    """Owner of the moment of the last activity.

    Args:
        profile: name that opens the names of the rules.
        thresholds: when silence begins to mean something.
        active_s: when the agent was last active, or first known.
    """

    _profile: str
    _thresholds: Thresholds
    active_s: float

    def claims(self) -> tuple[Claim, ...]:
        """Return the three claims that follow one another from the last activity on."""
        warning_s = moment(self.active_s, self._thresholds.idle_warning_s)
        critical_s = max(warning_s, moment(self.active_s, self._thresholds.idle_critical_s))
        name = self._profile
        return (
            Claim(
                Health.OK,
                "active",
                f"{name}/active",
                "output arrives",
                self.active_s,
                self.active_s,
                PRIORITY_SILENCE,
                warning_s,
            ),
            Claim(
                Health.IDLE,
                "silent",
                f"{name}/idle_warning",
                f"no output for {self._thresholds.idle_warning_s:g} s",
                warning_s,
                warning_s,
                PRIORITY_SILENCE,
                critical_s,
            ),
            Claim(
                Health.STUCK,
                "silent",
                f"{name}/idle_critical",
                f"no output for {self._thresholds.idle_critical_s:g} s",
                critical_s,
                critical_s,
                PRIORITY_SILENCE,
            ),
        )
