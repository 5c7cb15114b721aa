"""The options of agents on other machines."""

import attrs

from oma.config.kinds import Text, Texts, option


@attrs.frozen
class Fleet:
    """Which machines `--hosts` watches, and how `oma` is run there."""

    hosts: tuple[str, ...] = option(
        (), Texts(), 'What ssh calls them; "." is this machine, without ssh.'
    )
    command: str = option(
        "oma",
        Text(),
        "What runs oma there; the shell of ssh reads it, and may not know your PATH.",
    )
