"""The terminal of a dashboard, as the options and the environment want it."""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from oma.config.schema import Dashboard
from oma.tui.painter import Painter, terminal
from oma.tui.theme import THEMES, assumed_theme


def terminal_for(
    options: Dashboard, environ: Mapping[str, str]
) -> AbstractContextManager[Painter]:
    """Take the terminal over while the block runs.

    Raises:
        OmaError: It is nothing that can be painted on.
    """
    theme = THEMES.get(options.theme) or assumed_theme(environ.get("COLORFGBG", ""))
    return terminal(colours=not environ.get("NO_COLOR"), mouse=options.mouse, theme=theme)


def asks_background(options: Dashboard, environ: Mapping[str, str]) -> bool:
    """Say whether the terminal is asked how its background looks."""
    return options.theme == "auto" and not environ.get("NO_COLOR")
