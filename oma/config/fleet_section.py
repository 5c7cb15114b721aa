"""The options of agents on other machines."""

import attrs

from oma.config.kinds import Switch, Text, Texts, option

NOWHERE = "-"


@attrs.frozen
class FleetSection:
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
    publish_log: bool = option(
        False,  # noqa: FBT003  # its default
        Switch(),
        "Publish the log there, too: screens, and all that agents print, secrets among it.",
    )
    name: str = option(NOWHERE, Text(), "What this machine is called there; - is its own name.")
