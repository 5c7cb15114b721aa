"""What an agent tells beside what its screen shows: its progress, its status report, its status file."""

from collections.abc import Mapping

import attrs

from oma.detection.announcements import progress_claims
from oma.detection.claims import WHOLE_S, Claim, moment
from oma.detection.evidence import Evidence
from oma.detection.profile import Profile, RuleState
from oma.detection.status_claims import status_file_claims
from oma.detection.status_report import report_claims


@attrs.define
class ToldClaims:
    """Owner of what one agent told last, and of what that claims: from look to look it mostly stays.

    Args:
        profile: Says what is believed of agents of its kind.
        start_s: When the agent was last active, or first known.
    """

    _profile: Profile
    _start_s: float
    _basis: tuple[object, ...] = attrs.field(default=(), init=False)
    """What `_claims` follow from."""
    _claims: tuple[Claim, ...] = attrs.field(default=(), init=False)

    def claims(
        self, evidence: Evidence, shown_s: Mapping[RuleState, float], spent_report_s: float
    ) -> tuple[Claim, ...]:
        """Return the claims of all that is told.

        Args:
            evidence: Holds it.
            shown_s: Of each state that the screen shows, since when.
            spent_report_s: When the report was made that has been outweighed.
        """
        idle_s = shown_s.get(RuleState.IDLE)
        works_s = None if RuleState.WAITING in shown_s else shown_s.get(RuleState.WORKING)
        told = (evidence.announced, evidence.report, evidence.report_s)
        file = (evidence.status_file, evidence.status_file_s)
        basis = (idle_s, works_s, spent_report_s, told, file)
        if basis != self._basis:
            self._basis = basis
            self._claims = self._anew(evidence, idle_s, works_s, spent_report_s)
        return self._claims

    def _anew(
        self, evidence: Evidence, idle_s: float | None, works_s: float | None, spent_s: float
    ) -> tuple[Claim, ...]:
        profile = self._profile
        claims = progress_claims(profile.name, evidence.announced, idle_s)
        if profile.reads_reports and evidence.report_s != spent_s:
            claims += report_claims(profile.name, evidence, idle_s, works_s)
        if profile.status_file:
            from_s = moment(self._start_s, WHOLE_S)
            claims += status_file_claims(profile.name, evidence, idle_s, works_s, from_s)
        return claims
