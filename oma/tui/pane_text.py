"""What an agent's pane showed, as it is read: its rows, and where a user is in them."""

import attrs

from oma.model.state import AgentState
from oma.screen.styled import StyledRow, StyledRows
from oma.tui.cells import showable
from oma.tui.editor import Editor


@attrs.frozen
class ReadingPane:
    """What an agent's pane showed when that was asked for is read: its screen, and what scrolled away."""

    agent: AgentState
    rows: StyledRows | None = None
    """`None` while they are being read."""
    at: int = 0
    """The row that a user is at."""
    first: int = 0
    """The first row that is seen."""
    begun: int | None = None
    """Where the rows begin, or end, that are marked; `at` is their other end."""
    text: str = ""
    """What is looked for."""
    search: Editor | None = None
    """The same while it is being typed."""


def row_text(row: StyledRow) -> str:
    """Return what a row says, fit for a terminal."""
    return showable("".join(run.text for run in row))


def marked(mode: ReadingPane) -> range:
    """Return the rows that a copy takes."""
    begun = mode.at if mode.begun is None else mode.begun
    return range(min(begun, mode.at), max(begun, mode.at) + 1)
