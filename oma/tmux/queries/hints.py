"""What tmux is asked to tell of every window by itself: whether there may be something new to ask for.

A subscription is expanded every second, whatever happens, so it holds only what is cheap, and what changes
without a word in the pane. The name of the foreground command is read from the system, and takes longer than all
of this together. It changes when a window prints, and so may the program that reports from it, which writes to the
terminal as it does: that is asked for then. The name and the group of an agent are given by `oma`, which says so for
the whole server: an option that is looked up for each pane takes a quarter of the time. Decision 0014 says what else
is left out.
"""

from collections.abc import Iterable

import attrs

from oma.errors import ProtocolError
from oma.model.ids import WindowId, parse_window_id
from oma.tmux.commands.pane_questions import ListPanes
from oma.tmux.queries.fields import NO_CONTROLS, TAB
from oma.tmux.queries.panes import ACTIVE_FORMAT, NOTED

_NOTED = "#{=64;" + NO_CONTROLS + ":" + NOTED + "}"
_PANE = " #{pane_pid}#{pane_dead}#{=64:pane_title}"
_WINDOW = (
    "#{window_id}",
    "#{window_activity}",
    "#{window_visible_layout}#{P:" + _PANE + "}",
)

_WHOLE = "complete"
# tmux 3.7 stops expanding after 100 ms and leaves the rest empty; then this is empty as well.
_COMPLETE = "#{?#{l:1}," + _WHOLE + ",}"


def _of_all(*fields: str) -> str:
    return "#{S:#{W:" + "".join(field + TAB for field in fields) + "}}" + _COMPLETE


HINTS_SUBSCRIPTION = _of_all(*_WINDOW) + _NOTED
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
    """What its panes are and what was noted in any pane, as one text that is only to be compared."""


def parse_hints(value: str) -> dict[WindowId, WindowHint]:
    """Return what a value of `HINTS_SUBSCRIPTION` says of each window, in the order of their places.

    Raises:
        ProtocolError: It is not such a value, or tmux took too long and left out a part of it.
    """
    fields = value.split(TAB)
    width = len(_WINDOW)
    whole, complete, noted = fields.pop().partition(_WHOLE)
    if whole or not complete or len(fields) % width:
        raise ProtocolError(f"not a hint on every window: {value[-200:]!r}")
    hints: dict[WindowId, WindowHint] = {}
    for at in range(0, len(fields), width):
        window, activity, panes = fields[at : at + width]
        known = hints.get(parse_window_id(window))  # another session shows it, too
        told = panes + noted if known is None else known.panes + TAB + panes
        hints[parse_window_id(window)] = WindowHint(activity, told)
    return hints


def list_windows(windows: Iterable[WindowId]) -> ListPanes:
    """Ask for the panes of windows, in every session; `parse_active` reads the answer."""
    wanted = "".join(f"|{window}" for window in windows)
    return ListPanes(ACTIVE_FORMAT, filter=f"#{{m:*|#{{window_id}}|*,{wanted}|}}")
