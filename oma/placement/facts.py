"""What tmux says of the window that is tiled: the frozen answer of one query.

`decide` sees nothing else of tmux, so a decision can be made again from its facts, in a test or in `why`.
"""

from enum import StrEnum

import attrs

from oma.model.ids import AgentId, PaneId, WindowId
from oma.model.layout import Cell


class TitleRow(StrEnum):
    """Where `pane-border-status` writes: it takes a row of the panes at that edge (3.2 to 3.7)."""

    OFF = "off"
    TOP = "top"
    BOTTOM = "bottom"


@attrs.frozen
class Tile:
    """A pane that we made around the main pane."""

    pane: PaneId
    agent: AgentId | None
    """The one that it shows; `None` when it runs a program that the user started in it."""
    dead: bool = False
    """What ran in it has ended, and an option of the user's keeps the pane."""


@attrs.frozen
class Facts:
    """One window at one moment."""

    window: WindowId
    tree: Cell
    """As tmux has it; holds the main pane, every tile, and what the user made beside them."""
    main: PaneId
    tiles: tuple[Tile, ...] = ()
    """Oldest first."""
    active: PaneId | None = None
    """The pane that the user is in."""
    zoomed: bool = False
    title_row: TitleRow = TitleRow.OFF
    bar_columns: int = 0
    """What a scrollbar takes of each pane."""
    home: frozenset[AgentId] = frozenset()
    """Whoever is in this window anyhow: the sessions that show it, and its panes."""
    before: Cell | None = None
    """The tree as it was found, before the first tile."""
    arranged: frozenset[PaneId] | None = None
    """The tiles that we last arranged, under the present policy; `None` when none ever were.

    While these are the tiles, the sizes that the user gave them by hand are theirs.
    """


@attrs.frozen
class Wanted:
    """An agent that lives, and what was decided about it before."""

    id: AgentId
    ended: bool = False
    """Its program has ended: its pane is kept for a while, but may be replaced."""
    waited_s: float | None = None
    """How long it has waited for room; `None` when it did not."""
    refused: str | None = None
    """Why it is to have no pane, whatever room there is."""
