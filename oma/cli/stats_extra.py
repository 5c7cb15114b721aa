"""The page of statistics, whose library is an extra: imported when a page is asked for."""

import importlib.util
from collections.abc import Sequence

from oma.errors import ConfigError
from oma.summary.agent_days import AgentDay
from oma.summary.stretches import StateStretch

PACKAGE = "pygal"
"""Of the extra; without it nothing is drawn."""


def page_of(agents: Sequence[Sequence[StateStretch]], days: Sequence[AgentDay]) -> str:
    """Return the page of statistics; its times are those of this machine.

    Raises:
        ConfigError: The extra is not installed.
    """
    if importlib.util.find_spec(PACKAGE) is None:
        raise ConfigError("--html needs the extra [stats]: pip install 'oma-tmux[stats]'")
    from oma.summary.stats_page import stats_page

    return stats_page(agents, days, None)
