"""Runs that nobody looks at (`claude -p`): they work for as long as their process lives.

Such a run may print nothing until it is over, or print the words of others; it asks nobody.
"""

from oma.detection.claims import PRIORITY_HEADLESS, Claim
from oma.model.health import Health


def headless_claim(profile: str, command_line: str, t: float) -> Claim:
    """Return the claim that a run works, from `t` on; the end of its process is stronger.

    Args:
        profile: Name that opens the name of the rule.
        command_line: That told of it.
        t: When that was seen.
    """
    rule = f"{profile}/headless"
    return Claim(Health.OK, "headless", rule, command_line, t, t, PRIORITY_HEADLESS)
