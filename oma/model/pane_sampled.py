"""That captures stand for what a pane prints, and since when: a fact that is logged.

>>> from oma.model.ids import PaneId
>>> PaneSampled(PaneId("%1"), "to keep tmux fast: it works steadily").pane
'%1'
"""

import attrs

from oma.model.ids import PaneId


@attrs.frozen
class PaneSampled:
    """What a pane prints is seen in captures only, from here on; or its output follows again."""

    pane: PaneId
    reason: str
    """Why; empty where its output follows again, after a capture."""
