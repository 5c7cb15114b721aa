"""One notification line to one typed notification, all but output: the table of tmux's words.

Names are the last field of their line and may hold spaces; a line that begins with a known word
and does not fit it is an error, never a guess.
"""

from collections.abc import Callable

from oma.errors import ProtocolError
from oma.model.ids import parse_pane_id, parse_session_id, parse_window_id
from oma.tmux import notifications as wire


def parse_notification(line: bytes) -> wire.WireEvent:
    """Return what a line that begins with `%` says; not for output and guards.

    Raises:
        ProtocolError: The word is known and its fields are not those of tmux.
    """
    word, _, fields = line.partition(b" ")
    parse = _PARSERS.get(word)
    if parse is None:
        return wire.OtherNotification(line)
    try:
        return parse(fields.decode(errors="replace"))
    except (ProtocolError, ValueError) as error:
        # ValueError: too few fields to unpack.
        raise ProtocolError(f"malformed notification {line[:200]!r}: {error}") from None


def _subscription(fields: str) -> wire.SubscriptionChanged:
    place, separator, value = fields.partition(" : ")
    if not separator:
        raise ProtocolError("no value")
    return wire.SubscriptionChanged(place.partition(" ")[0], value)


def _session_changed(fields: str) -> wire.SessionChanged:
    session, name = fields.split(" ", 1)
    return wire.SessionChanged(parse_session_id(session), name)


def _session_renamed(fields: str) -> wire.SessionRenamed:
    session, name = fields.split(" ", 1)
    return wire.SessionRenamed(parse_session_id(session), name)


def _window_renamed(fields: str, *, linked: bool) -> wire.WindowRenamed:
    window, name = fields.split(" ", 1)
    return wire.WindowRenamed(parse_window_id(window), name, linked)


def _layout_changed(fields: str) -> wire.LayoutChanged:
    _window, _layout, visible, *_flags = fields.split(" ")
    return wire.LayoutChanged(visible)


_PARSERS: dict[bytes, Callable[[str], wire.WireEvent]] = {
    b"%pause": lambda fields: wire.PanePaused(parse_pane_id(fields)),
    b"%subscription-changed": _subscription,
    b"%session-changed": _session_changed,
    b"%client-session-changed": lambda _fields: wire.ClientsChanged(),
    b"%client-detached": lambda _fields: wire.ClientsChanged(),
    b"%session-renamed": _session_renamed,
    b"%window-renamed": lambda fields: _window_renamed(fields, linked=True),
    b"%unlinked-window-renamed": lambda fields: _window_renamed(fields, linked=False),
    b"%window-pane-changed": lambda _fields: wire.WindowPaneChanged(),
    b"%layout-change": _layout_changed,
    b"%exit": wire.Exit,
    **dict.fromkeys(
        (
            *(b"%sessions-changed", b"%window-add", b"%window-close"),
            *(b"%unlinked-window-add", b"%unlinked-window-close"),
        ),
        lambda _fields: wire.SessionsChanged(),
    ),
}
