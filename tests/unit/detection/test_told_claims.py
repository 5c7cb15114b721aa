"""What an agent tells beside its screen is believed as far as its profile says."""

import attrs

from oma.config.profiles import packaged_profiles
from oma.detection.announcements import NOTHING
from oma.detection.evidence import Evidence
from oma.detection.profile import RuleState
from oma.detection.told_claims import ToldClaims
from oma.model.health import Health
from oma.model.signals import ProgressShown, StatusReported
from oma.model.status_file import StatusFileRead

CLAUDE = next(profile for profile in packaged_profiles() if profile.name == "claude")
SILENT = Evidence((), 0, 0, "", "claude")
REPORT = attrs.evolve(SILENT, report=StatusReported("working"), report_s=5.0)
NEVER_S = -1.0


def told(evidence, shown_s=None, spent_s=NEVER_S, profile=CLAUDE):
    claims = ToldClaims(profile, 0.0).claims(evidence, shown_s or {}, spent_s)
    return [(claim.rule, claim.health, claim.end_s) for claim in claims]


def test_progress_a_report_and_a_file_each_make_a_claim():
    announced = NOTHING.after(4.0, ProgressShown(1, 30))
    file = StatusFileRead("%1", 7, "idle", "", 0.0)
    everything = attrs.evolve(REPORT, announced=announced, status_file=file, status_file_s=6.0)

    assert [rule for rule, _, _ in told(everything)] == [
        "claude/progress",
        "claude/report",
        "claude/status_file",
    ]
    assert told(SILENT) == []


def test_what_a_profile_does_not_read_and_a_report_that_was_outweighed_claim_nothing():
    deaf = attrs.evolve(CLAUDE, reads_reports=False, status_file="")
    file = attrs.evolve(REPORT, status_file=StatusFileRead("%1", 7, "idle", "", 0.0))

    assert told(file, profile=deaf) == []
    assert told(REPORT, spent_s=5.0) == []


def test_what_is_told_again_claims_the_same_until_the_screen_shows_something_else():
    owner = ToldClaims(CLAUDE, 0.0)
    first = owner.claims(REPORT, {}, NEVER_S)

    assert owner.claims(attrs.evolve(REPORT, lines=("another",)), {}, NEVER_S) is first
    assert first[0].health is Health.OK
    rests = owner.claims(REPORT, {RuleState.IDLE: 7.0}, NEVER_S)
    assert [claim.end_s for claim in rests] == [8.0]
    works = owner.claims(REPORT, {RuleState.WORKING: 7.0}, NEVER_S)
    assert [claim.end_s for claim in works] == [float("inf")]
