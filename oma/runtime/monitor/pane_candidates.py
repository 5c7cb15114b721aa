"""What decides whether an agent runs in a pane, from what tmux says of it."""

from collections.abc import Container, Sequence

from oma.detection.agent_finder import PaneFacts
from oma.tmux.pane_mark import parse_mark
from oma.tmux.queries.panes import PaneRow


def is_view(argv: Sequence[str]) -> bool:
    """Say whether a command line is that of a view of one pane, which shows what is found elsewhere."""
    words = tuple(argv)
    at = words.index("--mark") + 1 if "--mark" in words[:-1] else 0
    return "pane-view" in words and parse_mark(words[at]) is not None


def facts_of(row: PaneRow, views: Container[int] = ()) -> PaneFacts:
    """Return what decides whether an agent runs in a pane.

    Args:
        row: What tmux says of it; what it was made to run may be unknown yet.
        views: Processes that are known for views of ours.
    """
    return PaneFacts(
        pane=row.pane,
        pid=row.pid,
        command=row.command,
        title=row.title,
        app=row.app,
        is_ours=row.pid in views or parse_mark(row.start_command) is not None,
        dead=row.dead,
    )
