"""Claims: what each kind of evidence says of an agent, for how long, and how strong it is.

The judge asks every source for its claims and believes the strongest one that counts now. All times
are rounded to microseconds, the grid of the log, so that a claim counts at its own deadline.

>>> silent = Claim(Health.IDLE, "silent", "generic/idle_warning", "no output for 60 s", 0.0, 60.0, 0)
>>> silent.counts(59.9), silent.counts(60.0)
(False, True)
"""

import math
from collections.abc import Iterable

import attrs

from oma.model.health import Ending, Health

# Strongest first: process facts, a run that nobody looks at, an explicit report that asks or fails, dialog, anchored error line,
# the other reports, the agent's status file, working marker, title, idle screen, standing error text, silence. So a dialog or
# an error line on the screen beats an agent that reports, or whose title says, that it works; and a
# marker on the screen beats a title, which agents set once and forget.
PRIORITY_PROCESS = 100
PRIORITY_HEADLESS = 90
PRIORITY_REPORT = 80
PRIORITY_DIALOG = 70
PRIORITY_ERROR_LINE = 60
PRIORITY_REPORT_REST = 58
PRIORITY_REPORT_WORK = 55
PRIORITY_STATUS_FILE = 50
PRIORITY_MARKER = 40
PRIORITY_TITLE = 35
PRIORITY_PROMPT = 30
PRIORITY_OPEN_DIALOG = 25
PRIORITY_ERROR_TEXT = 20
PRIORITY_SILENCE = 0

WHOLE_S = 1.0
"""tmux tells in whole seconds when a pane was last active, so it may have been so much later."""


@attrs.frozen
class Claim:
    """One opinion with its grounds; it counts in `[firm_s, end_s)`."""

    health: Health
    reason: str
    rule: str
    evidence: str
    since_s: float
    firm_s: float
    priority: int
    end_s: float = math.inf
    line: int | None = None
    """Row of the screen, from 0, that the evidence stands on."""
    ending: Ending | None = None
    """When a failure ends, where it says that."""

    def counts(self, t: float) -> bool:
        """Say whether it counts at `t`."""
        return self.firm_s <= t < self.end_s


def moment(t: float, duration_s: float) -> float:
    """Return the moment `duration_s` after `t`, on the grid of the log."""
    return round(t + duration_s, 6)


def is_stronger_coming(claims: Iterable[Claim], winner: Claim, t: float) -> bool:
    """Say whether a claim stands that is stronger than `winner` and than standing text, but does not count yet."""
    least = max(winner.priority, PRIORITY_ERROR_TEXT)
    for claim in claims:
        if t < claim.firm_s and claim.priority > least and claim.since_s <= t:
            return True
    return False


def strongest(claims: Iterable[Claim], t: float) -> Claim | None:
    """Return the strongest claim that counts at `t`, the first of equals, or `None`."""
    best: Claim | None = None
    for claim in claims:
        if claim.firm_s <= t < claim.end_s and (best is None or claim.priority > best.priority):
            best = claim
    return best


def next_moment(claims: Iterable[Claim], t: float) -> float:
    """Return the first moment after `t` at which a claim begins or ceases to count, or `inf`."""
    first_s = math.inf
    for claim in claims:
        if t < claim.firm_s < first_s:
            first_s = claim.firm_s
        if t < claim.end_s < first_s:
            first_s = claim.end_s
    return first_s
