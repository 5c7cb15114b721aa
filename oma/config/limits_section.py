"""The options of what a watch may cost."""

import attrs

from oma.config.kinds import WholeNumber, option


@attrs.frozen
class LimitsSection:
    """What oma may cost the tmux server. Times are in milliseconds."""

    tmux_latency_ms: int = option(
        10,
        WholeNumber("milliseconds", 0, 60_000),
        "Milliseconds that tmux may take to answer before agents that work steadily are sampled; 0 samples all.",
    )
