"""The mark of a pane that we made: one word among those of its program.

So making a pane and marking it are one act, nobody else's option is touched, and the mark lives as
long as the pane, whoever made it. An agent pane that was made around `%0` for `$4` has, where the
window was one pane of 200x50 before,

    oma-tile:0:4:200x50_0_0_0

with `h H v V _` for `{ } [ ] ,` of the layout; for the agent in `%5` it has `p5` in place of `4`. A
dashboard's right pane has `oma-right:0::`.
"""

import re
from enum import StrEnum

import attrs

from oma.errors import ProtocolError
from oma.model.ids import AgentId, PaneId
from oma.model.layout import Cell
from oma.tmux.layout_strings import parse_cells, render_tree

_MARK = re.compile(
    r"\boma-(tile|right):(\d{1,9}):(p?\d{1,9}|):([0-9xhHvV_]{0,4000})(?!\w)", re.ASCII
)
_SAFE = str.maketrans("{}[],", "hHvV_")
_UNSAFE = str.maketrans("hHvV_", "{}[],")


class PaneRole(StrEnum):
    """What a pane of ours is for."""

    TILE = "tile"  # shows one agent, or runs a program that the user started in it
    RIGHT = "right"  # shows one agent after the other, as the user of a dashboard asks for them


@attrs.frozen
class Mark:
    """What a pane of ours says about itself."""

    main: PaneId
    """The pane that it was made around."""
    agent: AgentId | None = None
    """The one that a tile was made for, or a right pane that shows a pane."""
    before: Cell | None = None
    """How the window was divided before its first tile; `None` where that cannot be read."""
    role: PaneRole = PaneRole.TILE

    def word(self) -> str:
        """Return the mark as a word; nothing of it is read specially by a shell or by tmux."""
        agent = "" if self.agent is None else self.agent.replace("%", "p").removeprefix("$")
        layout = "" if self.before is None else render_tree(self.before).partition(",")[2]
        return f"oma-{self.role}:{self.main[1:]}:{agent}:{layout.translate(_SAFE)}"


def parse_mark(program: str) -> Mark | None:
    """Return the first mark in the words of a pane's program; `None` for one that we did not make."""
    found = _MARK.search(program)
    if found is None:
        return None
    role, main, agent, before = found.groups()
    return Mark(
        main=PaneId(f"%{main}"),
        agent=_parse_agent(agent),
        before=_parse_before(before),
        role=PaneRole(role),
    )


def _parse_agent(text: str) -> AgentId | None:
    if not text:
        return None
    return AgentId(f"%{text[1:]}" if text[0] == "p" else f"${text}")


def _parse_before(text: str) -> Cell | None:
    try:
        return parse_cells(text.translate(_UNSAFE))
    except ProtocolError:
        return None
