"""The options that every subcommand has, apart from those that some share (`option_values`)."""

import attrs


@attrs.frozen(kw_only=True)
class GlobalOptions:
    """Which tmux server, and how: what every subcommand takes."""

    socket_name: str | None = None
    socket_path: str | None = None
    config: str | None = None
    """A configuration file."""
    match: str | None = None
    """A glob for the names of the sessions to watch."""
    only_own: bool = False
    """No agents are found in sessions of other names."""
    no_service: bool = False
    """Watch by itself, also where `oma serve` runs."""
