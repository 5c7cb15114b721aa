"""The status file that an agent keeps: what it claims, and when the screen knows better.

The file is right to the turn, and a moment late: it is read some time after it was written, and where nothing
happened meanwhile that is long. So a sign on the screen that came after it was written outweighs it, and one that stood there
before does not. An agent at work shows
a prompt, too, so that work is outweighed by dialogs and errors alone.
"""

import math

from oma.detection import claims
from oma.detection.evidence import Evidence
from oma.model.health import Health

REST_S = 0.1
"""How long a rest has to stand: between two turns that follow one another there is a short one."""

_MEANINGS = {
    "working": (Health.OK, "working"),
    "idle": (Health.IDLE, "finished"),
    "waiting": (Health.WAITING, "question"),
}
_REASONS = {"permission prompt": "permission"}

# It may be a menu that the user opened as well as a question: what the screen shows is better.
_OPEN_DIALOG = "dialog open"

KNOWN_DETAILS = frozenset({*_REASONS, _OPEN_DIALOG, "input needed"})
"""What agents say that they wait for, in words that are their own and not their user's."""


def status_file_claims(
    profile: str,
    evidence: Evidence,
    idle_screen_s: float | None,
    working_screen_s: float | None,
    watched_s: float = -math.inf,
) -> tuple[claims.Claim, ...]:
    """Return the claim of the agent's status file, if it makes one.

    Args:
        profile: Name that opens the name of the rule.
        evidence: Holds what the file says.
        idle_screen_s: Since when the screen shows an idle agent; `None` if it does not.
        working_screen_s: Since when it shows one at work that asks nothing; `None` if it does not.
        watched_s: Since when the screen is watched: what stood there already may be older than any file.
    """
    told, since_s = evidence.status_file, evidence.status_file_s
    if told is None or told.state not in _MEANINGS:
        return ()
    health, reason = _MEANINGS[told.state]
    told_s = max(claims.moment(since_s, -told.age_s), watched_s)
    against = {Health.IDLE: (working_screen_s,), Health.WAITING: (working_screen_s, idle_screen_s)}
    later = [t for t in against.get(health, ()) if t is not None and t > told_s]
    is_weak = told.detail == _OPEN_DIALOG
    return (
        claims.Claim(
            health,
            _REASONS.get(told.detail, reason),
            f"{profile}/status_file",
            f"its status file says {': '.join(filter(None, (told.state, told.detail)))}",
            since_s,
            claims.moment(since_s, REST_S if health is Health.IDLE else 0.0),
            claims.PRIORITY_OPEN_DIALOG if is_weak else claims.PRIORITY_STATUS_FILE,
            min(later, default=math.inf),
        ),
    )
