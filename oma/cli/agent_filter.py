"""The option `--filter` of commands: the filters of the dashboard, and nothing in them that may be a mistake."""

import attrs

from oma.config.schema import Config
from oma.model.state import FleetState
from oma.tui.filtering import Filter, checked_filter, saved_filters


def filter_of(config: Config, text: str | None) -> Filter:
    """Return the filter that an option is; it fits everybody where the option is not given.

    Raises:
        ConfigError: Something in it is probably not meant so.
    """
    return checked_filter(text or "", saved_filters(config.dashboard.filters))


def narrowed(state: FleetState, meant: Filter) -> FleetState:
    """Return the state with those agents alone that a filter fits."""
    return attrs.evolve(state, agents=tuple(filter(meant.fits, state.agents)))
