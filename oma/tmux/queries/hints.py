"""What tmux is asked to tell of every window by itself: whether there may be something new to ask for.

A subscription is expanded every second, whatever happens, so it holds only what is cheap: the name of
the foreground command is read from the system, and takes longer than all of this together. It changes
when a window prints, and so may its command: that is asked for then.
"""

from collections.abc import Iterable

import attrs

from oma.errors import ProtocolError
from oma.model.ids import WindowId, parse_window_id
from oma.tmux.commands.pane_questions import ListPanes
from oma.tmux.queries.fields import TAB
from oma.tmux.queries.panes import ACTIVE_FORMAT, APP_FIELD, GROUP_FIELD, LABEL_FIELD

_PANE = " #{pane_pid}#{pane_dead}#{=64:pane_title}" + LABEL_FIELD + APP_FIELD + GROUP_FIELD
_WINDOW = (
    "#{window_id}",
    "#{window_activity}",
    "#{window_index} #{window_visible_layout}#{P:" + _PANE + "}",
)

# tmux 3.7 stops expanding after 100 ms and leaves the rest empty; then this is empty as well.
_COMPLETE = "#{?#{l:1},complete,}"


def _of_all(*fields: str) -> str:
    return "#{S:#{W:" + "".join(field + TAB for field in fields) + "}}" + _COMPLETE


HINTS_SUBSCRIPTION = _of_all(*_WINDOW)
"""For `refresh-client -B`: every window of every session of the server in one value.

Within the loops, no comma stands outside of inner braces: 3.6 and later would read it as the
separator of a variant for the current session.
"""

ACTIVITY_SUBSCRIPTION = _of_all(*_WINDOW[:2], "")
"""The same without what its panes are, which takes two thirds of the time: enough where there is no agent, for
one that starts prints."""


@attrs.frozen
class WindowHint:
    """What tmux says of a window; where it says something else, there may be news."""

    activity: str
    """When it printed last, in seconds of the epoch by the server's clock."""
    panes: str = ""
    """Its place and what its panes are, as one text that is only to be compared."""


def parse_hints(value: str) -> dict[WindowId, WindowHint]:
    """Return what a value of `HINTS_SUBSCRIPTION` says of each window.

    Raises:
        ProtocolError: It is not such a value, or tmux took too long and left out a part of it.
    """
    fields = value.split(TAB)
    width = len(_WINDOW)
    if fields.pop() != "complete" or len(fields) % width:
        raise ProtocolError(f"not a hint on every window: {value[-200:]!r}")
    hints: dict[WindowId, WindowHint] = {}
    for at in range(0, len(fields), width):
        window, activity, panes = fields[at : at + width]
        known = hints.get(parse_window_id(window))  # another session shows it, too
        told = panes if known is None else known.panes + TAB + panes
        hints[parse_window_id(window)] = WindowHint(activity, told)
    return hints


def list_windows(windows: Iterable[WindowId]) -> ListPanes:
    """Ask for the panes of windows, in every session; `parse_active` reads the answer."""
    wanted = "".join(f"|{window}" for window in windows)
    return ListPanes(ACTIVE_FORMAT, filter=f"#{{m:*|#{{window_id}}|*,{wanted}|}}")
