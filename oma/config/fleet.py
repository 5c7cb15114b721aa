"""The options of agents on other machines."""

import attrs

from oma.config.kinds import Text, Texts, option

NOWHERE = "-"


@attrs.frozen
class Fleet:
    """Which machines `--hosts` watches, how `oma` is run there, and where `oma serve` publishes."""

    hosts: tuple[str, ...] = option(
        (), Texts(), 'What ssh calls them; "." is this machine, without ssh.'
    )
    command: str = option(
        "oma",
        Text(),
        "What runs oma there; the shell of ssh reads it, and may not know your PATH.",
    )
    publish: str = option(
        NOWHERE,
        Text(),
        "Where oma serve publishes the agents of this machine, as oma publish URL; - is nowhere.",
    )
    name: str = option(NOWHERE, Text(), "What this machine is called there; - is its own name.")
