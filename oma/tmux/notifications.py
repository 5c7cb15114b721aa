"""What one line or block of control mode says, typed: tmux's words, as near to its own as can be.

Some names are those of model events; a module that needs both imports this one by name. Text is
decoded with replacement characters; the bytes of panes stay bytes.
"""

import attrs

from oma.model.ids import PaneId, SessionId, WindowId
from oma.tmux.reply import Reply as Reply


@attrs.frozen
class Output:
    """`%output`, `%extended-output`: bytes that a pane's program wrote, unescaped."""

    pane: PaneId
    data: bytes


@attrs.frozen
class PanePaused:
    """`%pause`: tmux sends no more output of the pane until it is continued."""

    pane: PaneId


@attrs.frozen
class SubscriptionChanged:
    """`%subscription-changed`: a subscribed format has another value."""

    name: str
    value: str


@attrs.frozen
class SessionChanged:
    """`%session-changed`: this client is attached to another session (or to its first one)."""

    session: SessionId
    name: str


@attrs.frozen
class ClientsChanged:
    """`%client-detached`, `%client-session-changed`: a client left, or shows another session."""


@attrs.frozen
class SessionRenamed:
    """`%session-renamed`."""

    session: SessionId
    name: str


@attrs.frozen
class SessionsChanged:
    """`%sessions-changed`, `%window-add`, `%window-close` and their kin: sessions or windows came or went.

    Which is not to be relied on: on 3.3a the last window of our own session closes as an unlinked one.
    """


@attrs.frozen
class WindowRenamed:
    """`%window-renamed`, `%unlinked-window-renamed`."""

    window: WindowId
    name: str
    linked: bool
    """It belongs to the session that this client is attached to."""


@attrs.frozen
class WindowPaneChanged:
    """`%window-pane-changed`: a window has another active pane."""


@attrs.frozen
class LayoutChanged:
    """`%layout-change`: panes of a window came, went, moved or have another size."""

    visible: str
    """The layout that is shown: of one pane, when that is zoomed."""


@attrs.frozen
class Exit:
    """`%exit`: the client ends; nothing after it means anything."""

    reason: str
    """Empty when tmux gives none, as after a detach or the end of the session."""


@attrs.frozen
class OtherNotification:
    """A `%` line that says nothing for us, or is of a newer tmux."""

    line: bytes


@attrs.frozen
class Stray:
    """A line of text that belongs to nothing: `run-shell` in a hook prints so (3.2a, 3.5a on)."""

    line: bytes


WireEvent = (
    Output
    | Reply
    | PanePaused
    | SubscriptionChanged
    | SessionChanged
    | ClientsChanged
    | SessionRenamed
    | SessionsChanged
    | WindowRenamed
    | WindowPaneChanged
    | LayoutChanged
    | Exit
    | OtherNotification
    | Stray
)

STRUCTURE = (LayoutChanged, SessionsChanged)
"""After these, a pane may be in another window or session, or of another size, or gone."""
