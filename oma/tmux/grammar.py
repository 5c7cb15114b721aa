"""One notification line to one typed notification, all but output: the table of tmux's words.

Names are the last field of their line and may hold spaces; a line that begins with a known word
and does not fit it is an error, never a guess.
"""

from collections.abc import Callable

from oma.errors import ProtocolError
from oma.model.ids import parse_pane_id, parse_session_id, parse_window_id
from oma.tmux.notifications import (
    ClientDetached,
    ClientSessionChanged,
    ConfigErrorShown,
    Exit,
    LayoutChanged,
    MessageShown,
    PaneContinued,
    PaneModeChanged,
    PanePaused,
    PasteBufferChanged,
    PasteBufferDeleted,
    SessionChanged,
    SessionRenamed,
    SessionsChanged,
    SessionWindowChanged,
    SubscriptionChanged,
    UnknownNotification,
    WindowAdded,
    WindowClosed,
    WindowPaneChanged,
    WindowRenamed,
    WireEvent,
)

_MAX_DIGITS = 20
"""Of any number that tmux prints (64 bits); more would make `int` slow, then refuse."""


def parse_number(text: str | bytes) -> int:
    """Return a number as tmux prints it.

    Raises:
        ProtocolError: `text` is not 1 to 20 ASCII digits.
    """
    if text.isdigit() and text.isascii() and len(text) <= _MAX_DIGITS:
        return int(text)
    raise ProtocolError(f"not a number: {text!r}")


def parse_notification(line: bytes) -> WireEvent:
    """Return what a line that begins with `%` says; not for output and guards.

    Raises:
        ProtocolError: The word is known and its fields are not those of tmux.
    """
    word, _, fields = line.partition(b" ")
    parse = _PARSERS.get(word)
    if parse is None:
        return UnknownNotification(line)
    try:
        return parse(fields.decode(errors="replace"))
    except (ProtocolError, ValueError) as error:
        # ValueError: too few fields to unpack.
        raise ProtocolError(f"malformed notification {line[:200]!r}: {error}") from None


def _subscription(fields: str) -> SubscriptionChanged:
    place, separator, value = fields.partition(" : ")
    if not separator:
        raise ProtocolError("no value")
    name, session, window, index, pane = place.split(" ")
    return SubscriptionChanged(
        name,
        None if session == "-" else parse_session_id(session),
        None if window == "-" else parse_window_id(window),
        None if index == "-" else parse_number(index),
        None if pane == "-" else parse_pane_id(pane),
        value,
    )


def _session_changed(fields: str) -> SessionChanged:
    session, name = fields.split(" ", 1)
    return SessionChanged(parse_session_id(session), name)


def _client_session_changed(fields: str) -> ClientSessionChanged:
    client, session, name = fields.split(" ", 2)
    return ClientSessionChanged(client, parse_session_id(session), name)


def _session_renamed(fields: str) -> SessionRenamed:
    session, name = fields.split(" ", 1)
    return SessionRenamed(parse_session_id(session), name)


def _session_window_changed(fields: str) -> SessionWindowChanged:
    session, window = fields.split(" ")
    return SessionWindowChanged(parse_session_id(session), parse_window_id(window))


def _window_renamed(fields: str, *, linked: bool) -> WindowRenamed:
    window, name = fields.split(" ", 1)
    return WindowRenamed(parse_window_id(window), name, linked)


def _window_pane_changed(fields: str) -> WindowPaneChanged:
    window, pane = fields.split(" ")
    return WindowPaneChanged(parse_window_id(window), parse_pane_id(pane))


def _layout_changed(fields: str) -> LayoutChanged:
    window, layout, visible, *flags = fields.split(" ")
    return LayoutChanged(parse_window_id(window), layout, visible, " ".join(flags))


_PARSERS: dict[bytes, Callable[[str], WireEvent]] = {
    b"%pause": lambda fields: PanePaused(parse_pane_id(fields)),
    b"%continue": lambda fields: PaneContinued(parse_pane_id(fields)),
    b"%subscription-changed": _subscription,
    b"%session-changed": _session_changed,
    b"%client-session-changed": _client_session_changed,
    b"%client-detached": ClientDetached,
    b"%session-renamed": _session_renamed,
    b"%sessions-changed": lambda _fields: SessionsChanged(),
    b"%session-window-changed": _session_window_changed,
    b"%window-add": lambda fields: WindowAdded(parse_window_id(fields), linked=True),
    b"%unlinked-window-add": lambda fields: WindowAdded(parse_window_id(fields), linked=False),
    b"%window-close": lambda fields: WindowClosed(parse_window_id(fields), linked=True),
    b"%unlinked-window-close": lambda fields: WindowClosed(parse_window_id(fields), linked=False),
    b"%window-renamed": lambda fields: _window_renamed(fields, linked=True),
    b"%unlinked-window-renamed": lambda fields: _window_renamed(fields, linked=False),
    b"%window-pane-changed": _window_pane_changed,
    b"%layout-change": _layout_changed,
    b"%pane-mode-changed": lambda fields: PaneModeChanged(parse_pane_id(fields)),
    b"%paste-buffer-changed": PasteBufferChanged,
    b"%paste-buffer-deleted": PasteBufferDeleted,
    b"%config-error": ConfigErrorShown,
    b"%message": MessageShown,
    b"%exit": Exit,
}
