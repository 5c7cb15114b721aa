"""Asks the desktop's notification server, over D-Bus; the one import site of jeepney."""

import html

import jeepney
from jeepney.io.trio import open_dbus_router
from jeepney.wrappers import unwrap_msg

from oma.errors import NotifyError

_SERVER = jeepney.DBusAddress(
    "/org/freedesktop/Notifications",
    bus_name="org.freedesktop.Notifications",
    interface="org.freedesktop.Notifications",
)

_UNTIL_THE_SERVER_WANTS = -1


async def show_notification(bus: str, title: str, body: str) -> None:
    """Show a notification on the desktop.

    Args:
        bus: Address of the session bus.
        title: Plain text.
        body: Plain text; may have lines.

    Raises:
        NotifyError: There is no bus, or no notification server on it.
    """
    try:
        async with open_dbus_router(bus=bus) as router:
            ask = jeepney.new_method_call(_SERVER, "GetCapabilities")
            (capabilities,) = unwrap_msg(await router.send_and_get_reply(ask))
            text = html.escape(body, quote=False) if "body-markup" in capabilities else body
            show = jeepney.new_method_call(
                _SERVER,
                "Notify",
                "susssasa{sv}i",
                ("oma", 0, "", title, text, [], {}, _UNTIL_THE_SERVER_WANTS),
            )
            unwrap_msg(await router.send_and_get_reply(show))
    except (OSError, RuntimeError, ValueError) as failure:
        raise NotifyError(f"D-Bus: {failure}") from None
    except jeepney.DBusErrorResponse as refusal:
        raise NotifyError(f"D-Bus: {refusal.name}") from None
