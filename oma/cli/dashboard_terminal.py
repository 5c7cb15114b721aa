"""The terminal of a dashboard, as the options and the environment want it.

Light: a dashboard that the service serves paints its first frame before anything else is imported.
"""

import io
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack, redirect_stderr
from typing import TYPE_CHECKING

import attrs

from oma.errors import ConfigError
from oma.tui.locales import utf8_terminal
from oma.tui.painter import Painter, settle_terminal_type, terminal
from oma.tui.theme import TerminalCapabilities
from oma.tui.themes import ThemeChoice, chosen

if TYPE_CHECKING:
    # Not needed for the first frame.
    from oma.config.schema import Config
    from oma.tui.bell import TerminalBell

REDUCED_S = 1.0
"""Between two frames of news, where motion is to be reduced."""


class Words(io.StringIO):
    """What is said on stderr while the terminal is not there for it: shown, and kept."""

    told: Callable[[str], None] | None = None

    def say(self, words: str) -> None:
        """Say one line."""
        if self.told is not None:
            self.told(words)
        super().write(f"oma: {words}\n")

    def write(self, text: str) -> int:
        """Take what is written on stderr."""
        if self.told is not None and text.strip():
            self.told(text.strip())
        return super().write(text)


@attrs.define
class TakenTerminal:
    """The terminal while it is ours; `take_terminal` makes one."""

    painter: Painter
    words: Words
    """In the place of stderr."""
    _taken: ExitStack
    is_ours: bool = True

    def give_back(self) -> None:
        """Leave the terminal as it was, and say on it what was to be said. Once is enough."""
        self.is_ours = False
        self._taken.close()


def take_terminal(
    themes: ThemeChoice, environ: Mapping[str, str], *, mouse: bool
) -> TakenTerminal:
    """Take the terminal over; whoever calls this sees to it that it is given back.

    Raises:
        OmaError: It is nothing that can be painted on.
    """
    words = Words()
    with ExitStack() as taking:
        taking.callback(lambda: sys.stderr.write(words.getvalue()))
        taking.enter_context(redirect_stderr(words))
        painter = taking.enter_context(terminal_for(themes, environ, mouse=mouse))
        return TakenTerminal(painter, words, taking.pop_all())


def terminal_for(
    themes: ThemeChoice, environ: Mapping[str, str], *, mouse: bool
) -> AbstractContextManager[Painter]:
    """Take the terminal over while the block runs.

    Args:
        themes: As the configuration has them.
        environ: Says what is known of the terminal.
        mouse: Whether clicks and the wheel are taken.

    Raises:
        OmaError: It is nothing that can be painted on.
    """
    assumed = themes.assumed(environ.get("COLORFGBG", ""))
    return terminal(colours=not environ.get("NO_COLOR"), mouse=mouse, theme=assumed)


def capabilities_of(environ: Mapping[str, str], *, ascii_only: bool) -> TerminalCapabilities:
    """Return what is drawn on the terminal: ASCII where that is asked for, or all that it shows."""
    return TerminalCapabilities(
        emoji=not environ.get("NO_COLOR"), ascii=ascii_only or not utf8_terminal()
    )


def themes_of(config: "Config") -> ThemeChoice:
    """Return the themes that the configuration asks for."""
    return chosen(config.dashboard.theme, attrs.asdict(config.theme))


def themes_to_ask_for(config: "Config", environ: Mapping[str, str]) -> ThemeChoice | None:
    """Return the themes of which the terminal's background decides; `None` where it does not."""
    themes = themes_of(config)
    return themes if themes.asks_background and not environ.get("NO_COLOR") else None


def bell_of(config: "Config", began_s: float) -> "TerminalBell | None":
    """Return what rings the terminal from a moment of the log on, where the configuration asks for it."""
    from oma.tui.bell import TerminalBell  # as above

    return TerminalBell(began_s) if config.dashboard.bell else None


def news_s(config: "Config") -> float:
    """Return the least time between two frames that nobody asked for."""
    return REDUCED_S if config.dashboard.reduced_motion else 0.0


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


def keys_from_terminal() -> None:
    """Read keys from the terminal of this process where something else came on stdin.

    Raises:
        ConfigError: It has none.
    """
    if sys.stdin.isatty():
        return
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        message = "no terminal to read keys from; --json prints the transitions as lines"
        raise ConfigError(message) from None
    os.dup2(terminal, sys.stdin.fileno())
    os.close(terminal)
