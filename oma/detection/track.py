"""What one rule saw of an agent, and since when. Values only."""

import math

import attrs

from oma.detection.claims import Claim
from oma.model.health import Ending


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
