"""Status reports: what the agent's own status report (OSC 7501) claims, and when it is stale.

A report stays until the next one, and agents forget to send one when a user interrupts them:
an idle screen that stands for more than a second outweighs an older report of work or of a
question. Nor do they tell of a yes (claude 2.1.329, gemini 0.61): a screen at work that asks nothing
outweighs a question as well. A report that was outweighed does not come back. Between two turns that follow one another an agent reports a rest of some milliseconds
(codex 0.169 does): a report of rest has to stand for a moment.
"""

import math

from oma.detection import claims
from oma.detection.endings import ending_of
from oma.detection.error_families import names_limit
from oma.detection.evidence import Evidence
from oma.model.health import Ending, Health
from oma.model.signals import StatusReported

STALE_S = 1.0

REST_S = 0.1
"""How long a report of rest has to stand; codex's shortest rests took 60 ms."""

_MEANINGS = {
    "working": (Health.OK, "working", claims.PRIORITY_REPORT_WORK),
    "blocked": (Health.WAITING, "blocked", claims.PRIORITY_REPORT),
    "error": (Health.STUCK, "error", claims.PRIORITY_REPORT),
    "done": (Health.IDLE, "finished", claims.PRIORITY_REPORT_REST),
    "idle": (Health.IDLE, "finished", claims.PRIORITY_REPORT_REST),
}


def report_rule(profile: str) -> str:
    """Return the name of the rule under which a report decides."""
    return f"{profile}/report"


def report_claims(
    profile: str,
    evidence: Evidence,
    idle_screen_s: float | None,
    working_screen_s: float | None = None,
) -> tuple[claims.Claim, ...]:
    """Return the claim of the report in `evidence`, if it makes one.

    Args:
        profile: name that opens the name of the rule.
        evidence: holds the report.
        idle_screen_s: since when the screen shows an idle agent; `None` if it does not.
        working_screen_s: since when it shows one at work that asks nothing; `None` if it does not.
    """
    report = evidence.report
    if report is None or report.state not in _MEANINGS:
        return ()
    health, reason, priority = _MEANINGS[report.state]
    said = ":".join(part for part in (report.state, report.kind, report.message) if part)
    end_s = math.inf
    if idle_screen_s is not None and report.state in {"working", "blocked"}:
        end_s = claims.moment(max(idle_screen_s, evidence.report_s), STALE_S)
    if working_screen_s is not None and report.state == "blocked":
        end_s = min(end_s, claims.moment(max(working_screen_s, evidence.report_s), STALE_S))
    return (
        claims.Claim(
            health,
            report.kind or reason,
            report_rule(profile),
            f"reports {said}",
            evidence.report_s,
            claims.moment(evidence.report_s, REST_S if health is Health.IDLE else 0.0),
            priority,
            end_s,
            ending=_ending(health, report, evidence.report_s),
        ),
    )


def _ending(health: Health, report: StatusReported, t: float) -> Ending | None:
    """Return when the failure ends that is reported, or the limit that is asked about."""
    asks_of_limit = health is Health.WAITING and names_limit(report.message)
    return ending_of([report.message], t) if health is Health.STUCK or asks_of_limit else None
