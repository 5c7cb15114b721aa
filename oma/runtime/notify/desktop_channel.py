"""Notifications of the desktop: over D-Bus, by `notify-send`, or by macOS."""

import html
import importlib
import importlib.util
import os
import shutil
from collections.abc import Mapping, Sequence
from typing import ClassVar

import attrs

from oma.errors import NotifyError
from oma.notify.message import Message
from oma.runtime.notify.program_channel import run_program

# Title and body are arguments of the script, and no part of its text.
_APPLESCRIPT = (
    "-e",
    "on run argv",
    "-e",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "-e",
    "end run",
)


@attrs.frozen
class DesktopChannel:
    """The desktop that we run under.

    Args:
        environ: Ours: says where the session bus is, and which programs there are.
    """

    environ: Mapping[str, str]
    name: ClassVar[str] = "desktop"

    async def send(self, message: Message) -> str:
        """Show the message.

        Raises:
            NotifyError: There is no desktop, or nothing that could show it.
        """
        bus = session_bus(self.environ)
        if bus is not None and importlib.util.find_spec("jeepney") is not None:
            module = importlib.import_module("oma.runtime.notify.dbus_notification")
            await module.show_notification(bus, message.title, message.body)
            return "D-Bus"
        argv = desktop_program(message, self.environ.get("PATH", ""))
        if argv is None:
            raise NotifyError(
                "nothing here shows notifications: no session bus (or not 'oma-tmux[notify]'), "
                "no notify-send"
            )
        await run_program(argv)
        return argv[0]


def session_bus(environ: Mapping[str, str]) -> str | None:
    """Return the address of the user's session bus; `None` where there is none."""
    address = environ.get("DBUS_SESSION_BUS_ADDRESS")
    if address:
        return address
    place = f"{environ.get('XDG_RUNTIME_DIR', '')}/bus"
    return f"unix:path={place}" if place.startswith("/") and os.path.exists(place) else None


def desktop_program(message: Message, path: str) -> Sequence[str] | None:
    """Return the program that shows a message, and its words; `None` where there is none.

    Args:
        message: What it shows.
        path: Where programs are looked for.
    """
    body = message.body or " "
    if program := shutil.which("notify-send", path=path):
        markup = html.escape(body, quote=False)
        return (program, "--app-name=oma", "--", message.title, markup)
    title = f"oma: {message.title}"  # whatever an agent is called, it is no option
    text = f" {body}" if body[0] in "-[" else body
    if program := shutil.which("terminal-notifier", path=path):
        return (program, "-title", title, "-message", text)
    if program := shutil.which("osascript", path=path):
        return (program, *_APPLESCRIPT, title, text)
    return None
