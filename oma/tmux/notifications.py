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
    age_ms: int | None
    """How long tmux held it back, where it says so (`pause-after`)."""


@attrs.frozen
class PanePaused:
    """`%pause`: tmux sends no more output of the pane until it is continued."""

    pane: PaneId


@attrs.frozen
class PaneContinued:
    """`%continue`: output of the pane follows again; what it printed meanwhile does not."""

    pane: PaneId


@attrs.frozen
class SubscriptionChanged:
    """`%subscription-changed`: a subscribed format has another value."""

    name: str
    session: SessionId | None
    window: WindowId | None
    index: int | None
    """Of the window in the session."""
    pane: PaneId | None
    value: str


@attrs.frozen
class SessionChanged:
    """`%session-changed`: this client is attached to another session (or to its first one)."""

    session: SessionId
    name: str


@attrs.frozen
class ClientSessionChanged:
    """`%client-session-changed`: another client is attached to another session."""

    client: str
    session: SessionId
    name: str


@attrs.frozen
class ClientDetached:
    """`%client-detached`."""

    client: str


@attrs.frozen
class SessionRenamed:
    """`%session-renamed`."""

    session: SessionId
    name: str


@attrs.frozen
class SessionsChanged:
    """`%sessions-changed`: a session was made or destroyed; tmux does not say which."""


@attrs.frozen
class SessionWindowChanged:
    """`%session-window-changed`: a session shows another window."""

    session: SessionId
    window: WindowId


@attrs.frozen
class WindowAdded:
    """`%window-add`, `%unlinked-window-add`."""

    window: WindowId
    linked: bool
    """It belongs to the session that this client is attached to."""


@attrs.frozen
class WindowClosed:
    """`%window-close`, `%unlinked-window-close`."""

    window: WindowId
    linked: bool
    """Of no use on 3.3a: the last window of our own session closes as an unlinked one."""


@attrs.frozen
class WindowRenamed:
    """`%window-renamed`, `%unlinked-window-renamed`."""

    window: WindowId
    name: str
    linked: bool


@attrs.frozen
class WindowPaneChanged:
    """`%window-pane-changed`: a window has another active pane."""

    window: WindowId
    pane: PaneId


@attrs.frozen
class LayoutChanged:
    """`%layout-change`: panes of a window came, went, moved or have another size."""

    window: WindowId
    layout: str
    visible: str
    """The layout that is shown: of one pane, when that is zoomed."""
    flags: str


@attrs.frozen
class PaneModeChanged:
    """`%pane-mode-changed`: the pane entered or left a mode, such as copy mode."""

    pane: PaneId


@attrs.frozen
class PasteBufferChanged:
    """`%paste-buffer-changed` (3.4)."""

    name: str


@attrs.frozen
class PasteBufferDeleted:
    """`%paste-buffer-deleted` (3.4)."""

    name: str


@attrs.frozen
class ConfigErrorShown:
    """`%config-error` (3.4): the server's configuration file is wrong."""

    text: str


@attrs.frozen
class MessageShown:
    """`%message` (3.4): `display-message` addressed this client."""

    text: str


@attrs.frozen
class Exit:
    """`%exit`: the client ends; nothing after it means anything."""

    reason: str
    """Empty when tmux gives none, as after a detach or the end of the session."""


@attrs.frozen
class UnknownNotification:
    """A `%` line of a newer tmux."""

    line: bytes


@attrs.frozen
class Stray:
    """A line of text that belongs to nothing: `run-shell` in a hook prints so (3.2a, 3.5a on)."""

    line: bytes


WireEvent = (
    Output
    | Reply
    | PanePaused
    | PaneContinued
    | SubscriptionChanged
    | SessionChanged
    | ClientSessionChanged
    | ClientDetached
    | SessionRenamed
    | SessionsChanged
    | SessionWindowChanged
    | WindowAdded
    | WindowClosed
    | WindowRenamed
    | WindowPaneChanged
    | LayoutChanged
    | PaneModeChanged
    | PasteBufferChanged
    | PasteBufferDeleted
    | ConfigErrorShown
    | MessageShown
    | Exit
    | UnknownNotification
    | Stray
)

STRUCTURE = (LayoutChanged, SessionsChanged, WindowAdded, WindowClosed)
"""After these, a pane may be in another window or session, or of another size, or gone."""
