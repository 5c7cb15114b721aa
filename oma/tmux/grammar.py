"""One notification line to one typed notification, all but output: the table of tmux's words.

Names are the last field of their line and may hold spaces; a line that begins with a known word
and does not fit it is an error, never a guess.
"""

from collections.abc import Callable

from oma.errors import ProtocolError
from oma.model.ids import parse_pane_id, parse_session_id, parse_window_id
from oma.tmux import notifications as wire
from oma.tmux.numbers import parse_number


def parse_notification(line: bytes) -> wire.WireEvent:
    """Return what a line that begins with `%` says; not for output and guards.

    Raises:
        ProtocolError: The word is known and its fields are not those of tmux.
    """
    word, _, fields = line.partition(b" ")
    parse = _PARSERS.get(word)
    if parse is None:
        return wire.UnknownNotification(line)
    try:
        return parse(fields.decode(errors="replace"))
    except (ProtocolError, ValueError) as error:
        # ValueError: too few fields to unpack.
        raise ProtocolError(f"malformed notification {line[:200]!r}: {error}") from None


def _subscription(fields: str) -> wire.SubscriptionChanged:
    place, separator, value = fields.partition(" : ")
    if not separator:
        raise ProtocolError("no value")
    name, session, window, index, pane = place.split(" ")
    return wire.SubscriptionChanged(
        name,
        None if session == "-" else parse_session_id(session),
        None if window == "-" else parse_window_id(window),
        None if index == "-" else parse_number(index),
        None if pane == "-" else parse_pane_id(pane),
        value,
    )


def _session_changed(fields: str) -> wire.SessionChanged:
    session, name = fields.split(" ", 1)
    return wire.SessionChanged(parse_session_id(session), name)


def _client_session_changed(fields: str) -> wire.ClientSessionChanged:
    client, session, name = fields.split(" ", 2)
    return wire.ClientSessionChanged(client, parse_session_id(session), name)


def _session_renamed(fields: str) -> wire.SessionRenamed:
    session, name = fields.split(" ", 1)
    return wire.SessionRenamed(parse_session_id(session), name)


def _session_window_changed(fields: str) -> wire.SessionWindowChanged:
    session, window = fields.split(" ")
    return wire.SessionWindowChanged(parse_session_id(session), parse_window_id(window))


def _window_renamed(fields: str, *, linked: bool) -> wire.WindowRenamed:
    window, name = fields.split(" ", 1)
    return wire.WindowRenamed(parse_window_id(window), name, linked)


def _window_pane_changed(fields: str) -> wire.WindowPaneChanged:
    window, pane = fields.split(" ")
    return wire.WindowPaneChanged(parse_window_id(window), parse_pane_id(pane))


def _layout_changed(fields: str) -> wire.LayoutChanged:
    window, layout, visible, *flags = fields.split(" ")
    return wire.LayoutChanged(parse_window_id(window), layout, visible, " ".join(flags))


_PARSERS: dict[bytes, Callable[[str], wire.WireEvent]] = {
    b"%pause": lambda fields: wire.PanePaused(parse_pane_id(fields)),
    b"%continue": lambda fields: wire.PaneContinued(parse_pane_id(fields)),
    b"%subscription-changed": _subscription,
    b"%session-changed": _session_changed,
    b"%client-session-changed": _client_session_changed,
    b"%client-detached": wire.ClientDetached,
    b"%session-renamed": _session_renamed,
    b"%sessions-changed": lambda _fields: wire.SessionsChanged(),
    b"%session-window-changed": _session_window_changed,
    b"%window-add": lambda fields: wire.WindowAdded(parse_window_id(fields), linked=True),
    b"%unlinked-window-add": lambda fields: wire.WindowAdded(
        parse_window_id(fields), linked=False
    ),
    b"%window-close": lambda fields: wire.WindowClosed(parse_window_id(fields), linked=True),
    b"%unlinked-window-close": lambda fields: wire.WindowClosed(
        parse_window_id(fields), linked=False
    ),
    b"%window-renamed": lambda fields: _window_renamed(fields, linked=True),
    b"%unlinked-window-renamed": lambda fields: _window_renamed(fields, linked=False),
    b"%window-pane-changed": _window_pane_changed,
    b"%layout-change": _layout_changed,
    b"%pane-mode-changed": lambda fields: wire.PaneModeChanged(parse_pane_id(fields)),
    b"%paste-buffer-changed": wire.PasteBufferChanged,
    b"%paste-buffer-deleted": wire.PasteBufferDeleted,
    b"%config-error": wire.ConfigErrorShown,
    b"%message": wire.MessageShown,
    b"%exit": wire.Exit,
}
