"""How agents are to be shown as panes around a main pane: the user's wishes as a value.

>>> Policy(arrangement=Arrangement.GRID).in_next_arrangement().arrangement
<Arrangement.VERTICAL: 'vertical'>
"""

from enum import StrEnum

import attrs


class Arrangement(StrEnum):
    """Where agent panes stand."""

    VERTICAL = "vertical"  # one column, right of the main pane
    HORIZONTAL = "horizontal"  # one row, below the main pane
    GRID = "grid"  # as many columns as fit, right of the main pane


class WhenFull(StrEnum):
    """What becomes of an agent that starts and finds no room."""

    DEFER = "defer"  # it waits
    REPLACE = "replace"  # it takes the place of the oldest, which waits


@attrs.frozen
class Policy:
    """Minimums are of what a program gets to see, borders not included."""

    arrangement: Arrangement = Arrangement.VERTICAL
    main_percent: int = 60
    """Share of the window that the main pane keeps, where every minimum allows it."""
    main_min_columns: int = 100
    agent_min_columns: int = 52
    min_rows: int = 11
    """Of agent panes, and of the main pane above them."""
    most_panes: int = 20
    enabled: bool = True
    when_full: WhenFull = WhenFull.DEFER
    defer_limit: int = 20
    """How many agents may wait for room."""
    defer_s: float = 300.0
    """How long one may wait."""

    def in_next_arrangement(self) -> "Policy":
        """Return the policy with the arrangement that follows its own, the first after the last."""
        order = list(Arrangement)
        following = (order.index(self.arrangement) + 1) % len(order)
        return attrs.evolve(self, arrangement=order[following])
