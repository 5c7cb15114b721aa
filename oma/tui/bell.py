"""When the terminal rings: an agent starts to need the user."""

from collections.abc import Sequence

import attrs

from oma.model.attention import URGENT
from oma.model.health import Transition


@attrs.define
class TerminalBell:
    """Owner of what was told before.

    Args:
        began_s: When the dashboard began, in seconds of the log: what happened before is no news.
    """

    began_s: float
    _told: frozenset[Transition] = frozenset()

    def rings(self, transitions: Sequence[Transition]) -> bool:
        """Say whether one that was not told before is of an agent that went on and now needs the user.

        What an agent is at the first look at it rings nothing.
        """
        news = [each for each in transitions if each not in self._told]
        if not news:
            return False
        self._told = frozenset(transitions)
        return any(
            each.t >= self.began_s
            and each.verdict.health in URGENT
            and each.source is not None
            and each.source not in URGENT
            for each in news
        )
