"""The options of what is found in sessions that were not made for an agent."""

import attrs

from oma.config.kinds import Kind, Seconds, Switch, Texts


def _describe(kind: Kind, about: str) -> dict[str, Kind | str]:
    return {"kind": kind, "about": about}


@attrs.frozen
class Discovery:
    """Which agents are found that have no session of their own. Times are in seconds."""

    enabled: bool = attrs.field(
        default=True,
        metadata=_describe(
            Switch(), "Whether agents of known kinds are found in whatever pane they run."
        ),
    )
    match: tuple[str, ...] = attrs.field(
        default=(),
        metadata=_describe(
            Texts(), "Globs: sessions with such a name are agents, whatever runs in them."
        ),
    )
    linger: float = attrs.field(
        default=60.0,
        metadata=_describe(
            Seconds(at_least_s=0), "How long an agent that was found is listed after it ended."
        ),
    )
