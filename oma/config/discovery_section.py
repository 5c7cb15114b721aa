"""The options of what is found in sessions that were not made for an agent."""

import attrs

from oma.config.kinds import Seconds, Switch, Texts, option


@attrs.frozen
class DiscoverySection:
    """Which agents are found that have no session of their own. Times are in seconds."""

    enabled: bool = option(
        default=True,
        kind=Switch(),
        about="Whether agents of known kinds are found in whatever pane they run.",
    )
    match: tuple[str, ...] = option(
        (), Texts(), "Globs: sessions with such a name are agents, whatever runs in them."
    )
    linger: float = option(
        60.0, Seconds(at_least_s=0), "How long an agent that was found is listed after it ended."
    )
