"""What an agent says of itself in a file that it keeps, as `oma` read it: a fact that is logged.

>>> from oma.model.ids import PaneId
>>> StatusFileRead(PaneId("%1"), 4711, "waiting", "permission prompt").state
'waiting'
"""

import attrs

from oma.model.ids import PaneId


@attrs.frozen
class StatusFileRead:
    """The status file of an agent says something else than before, or for the first time something."""

    pane: PaneId
    pid: int
    """Of the agent's process, whose file it is."""
    state: str
    """`working`, `idle`, `waiting`; empty: nothing that is understood, or the file is gone."""
    detail: str = ""
    """What it waits for, in the agent's words; hostile."""
    age_s: float = 0.0
    """How long before it was read the file was written: nothing may have happened since, so that nobody read it."""
