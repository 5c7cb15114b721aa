"""The options of the history that `oma serve` keeps on disk."""

import attrs

from oma.config.kinds import WholeNumber, option
from oma.config.length_kind import Length


@attrs.frozen
class HistorySection:
    """What `oma serve` keeps of the past. Sizes are in bytes."""

    keep: str = option("7d", Length(), "How long recordings of the past are kept.")
    max_bytes: int = option(
        500_000_000,
        WholeNumber("bytes", 1_000_000, 10**13),
        "How much they may take together; the oldest go first.",
    )
