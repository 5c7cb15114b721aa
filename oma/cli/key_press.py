"""One key of the user, without Enter."""

import os
import termios
import tty

import trio

from oma.errors import ConfigError

STDIN = 0


async def pressed_key(descriptor: int) -> str:
    """Wait for a key, and return it; several characters that come at once are a paste, and no key.

    What was typed before is dropped: it was not meant for what is shown now.

    Raises:
        ConfigError: There is no terminal.
    """
    try:
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor, termios.TCSAFLUSH)
    except termios.error:
        raise ConfigError("a key can be pressed at a terminal alone") from None
    try:
        await trio.lowlevel.wait_readable(descriptor)
        return os.read(descriptor, 64).decode(errors="replace")
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
