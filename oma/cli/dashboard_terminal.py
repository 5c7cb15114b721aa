"""The terminal of a dashboard, as the options and the environment want it."""

import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager

from oma.config.schema import Dashboard
from oma.errors import ConfigError
from oma.tui.locales import utf8_terminal
from oma.tui.painter import Painter, settle_terminal_type, terminal
from oma.tui.theme import THEMES, TerminalCapabilities, assumed_theme


def terminal_for(
    options: Dashboard, environ: Mapping[str, str]
) -> AbstractContextManager[Painter]:
    """Take the terminal over while the block runs.

    Raises:
        OmaError: It is nothing that can be painted on.
    """
    theme = THEMES.get(options.theme) or assumed_theme(environ.get("COLORFGBG", ""))
    return terminal(colours=not environ.get("NO_COLOR"), mouse=options.mouse, theme=theme)


def capabilities_of(environ: Mapping[str, str], *, ascii_only: bool) -> TerminalCapabilities:
    """Return what is drawn on the terminal: ASCII where that is asked for, or all that it shows."""
    return TerminalCapabilities(
        emoji=not environ.get("NO_COLOR"), ascii=ascii_only or not utf8_terminal()
    )


def asks_background(options: Dashboard, environ: Mapping[str, str]) -> bool:
    """Say whether the terminal is asked how its background looks."""
    return options.theme == "auto" and not environ.get("NO_COLOR")


def need_terminal() -> None:
    """Refuse to paint where nobody would see it; say so when the terminal is taken for another.

    Raises:
        ConfigError: Input or output is no terminal.
        OmaError: It is none that can be painted on.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        message = "the dashboard needs a terminal; without one, use 'oma watch' or 'oma status'"
        raise ConfigError(message)
    unknown = settle_terminal_type()
    if unknown is not None:
        taken = os.environ["TERM"]
        print(f"oma: TERM={unknown!r} is not described here: taken for {taken}", file=sys.stderr)
