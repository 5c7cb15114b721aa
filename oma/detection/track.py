"""What one rule saw of an agent, since when, and what that claims."""

import math

import attrs

from oma.detection.claims import Claim
from oma.detection.error_families import error_family
from oma.detection.profile import Rule, RuleState
from oma.detection.scope import TITLE_ROW
from oma.model.health import Ending, Health

_HEALTHS = {
    RuleState.WORKING: Health.OK,
    RuleState.IDLE: Health.IDLE,
    RuleState.WAITING: Health.WAITING,
    RuleState.STUCK: Health.STUCK,
    RuleState.EXITED: Health.EXITED,
}


@attrs.define
class Track:
    """What one rule saw, and since when."""

    since_s: float
    row: int
    text: str
    is_old: bool
    """It came to light again, and claims nothing."""
    firm_s: float
    """From when on it counts."""
    ceased_s: float | None = None
    end_s: float = math.inf
    """Until when it counts."""
    message: tuple[str, ...] = ()
    """The lines in which a failure, or a question about a limit, may say when it ends."""
    ending: Ending | None = None
    claim: Claim | None = None
    """What it claims, once that was asked for; `None` again when anything above changed."""

    def stands(self, row: int, text: str) -> bool:
        """Say whether the rule finds what it found."""
        return self.row == row and self.text == text and self.end_s == math.inf


def claim_of(profile: str, rule: Rule, track: Track) -> Claim:
    """Return what a rule of the profile of this name claims by what it saw."""
    return Claim(
        _HEALTHS[rule.state],
        _reason(rule, track.text),
        f"{profile}/{rule.name}",
        track.text,
        track.since_s,
        track.firm_s,
        rule.priority,
        track.end_s,
        None if track.row == TITLE_ROW else track.row,
        track.ending,
    )


def _reason(rule: Rule, text: str) -> str:
    """Return the code of a rule; of an error that of its family, where its words tell one."""
    if rule.state is RuleState.STUCK and rule.reason == "error":
        return error_family(text) or rule.reason
    return rule.reason
