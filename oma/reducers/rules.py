"""What agents are judged by: profiles, thresholds, and how long things are waited for.

A value of its own because a recording holds it in its header: a replay judges by the same rules, and
`oma replay --profiles` by others.
"""

import attrs

from oma.detection.profile import Profile
from oma.detection.thresholds import Thresholds


@attrs.frozen
class Rules:
    """What the fold judges by: a recording carries them, so that it explains itself."""

    profiles: tuple[Profile, ...]
    thresholds: Thresholds
    forced_profile: Profile | None = None
    """Every agent is taken to be of this kind, whatever its process says."""
    at_once: bool = False
    """What there is now decides, and nothing is waited for: for one look, which no other follows."""
    linger_s: float = 60.0
    """How long an agent that was found and has ended is listed."""
