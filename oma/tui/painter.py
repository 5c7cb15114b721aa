"""The terminal: take it over, paint what changed, read what comes, leave it as it was.

The one import site of curses, which paints and does nothing else: input is read as bytes, since its
decoder makes two keys of a sequence that it does not know (`oma.tui.terminal_input` makes none).
curses compares cells by itself; lines that are equal to those painted last are not even handed to it.
"""

import base64
import curses
import os
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import attrs

from oma.errors import OmaError
from oma.screen.styled import TextStyle
from oma.tui.cells import Frame, Line, Size, Style, cells
from oma.tui.locales import settle_locale
from oma.tui.terminal_input.answers import BACKGROUND_QUESTION
from oma.tui.terminal_input.key_tables import TERMINFO_KEYS, terminal_keys
from oma.tui.theme import Theme, text_style_of
from oma.tui.themes import DARK

_MOST_PAIRS = 255
"""Colour pairs that fit into an attribute of `addstr` (Python 3.11, ncurses 6)."""

_ATTRIBUTES = (
    ("bold", curses.A_BOLD),
    ("dim", curses.A_DIM),
    ("italic", curses.A_ITALIC),
    ("underline", curses.A_UNDERLINE),
    ("reverse", curses.A_REVERSE),
)

_PASTES, _MOUSE = b"\x1b[?2004%c", b"\x1b[?1000%c\x1b[?1006%c"
"""Pastes marked as such; the mouse, in the form that knows wide terminals. `h` is on, `l` off."""

_READ_BYTES = 1 << 16

_MOST_COPIED = 74_000
"""Bytes of base64 that terminals take at once."""


_IN_A_MULTIPLEXER = ("screen-256color", "screen")
_ON_ITS_OWN = ("xterm-256color", "xterm")
_TRY = "if it is like most, run TERM=xterm-256color oma"


@attrs.define
class Painter:
    """The terminal while it is ours."""

    _window: "curses.window"
    _colours: int
    _mouse: bool
    key_sequences: Mapping[bytes, str]
    """Sequences of keys as the terminal's own description has them."""
    _theme: Theme = DARK
    _shown: tuple[Line, ...] = ()
    _pairs: dict[tuple[int, int], int] = attrs.Factory(dict)
    _attributes: dict[Style, int] = attrs.Factory(dict)

    @property
    def size(self) -> Size:
        """Of the terminal now."""
        found = os.get_terminal_size(sys.stdout.fileno())
        return Size(max(1, found.columns), max(1, found.lines))

    def paint(self, frame: Frame) -> None:
        """Make the terminal show `frame`; what it shows already costs nothing."""
        if frame.size != Size(*reversed(self._window.getmaxyx())):
            curses.resizeterm(frame.size.rows, frame.size.columns)
            self._shown = ()
            self._window.erase()
        if self._pairs and len(self._pairs) >= self._most_pairs:
            self._pairs.clear()
            self._attributes.clear()
            self._shown = ()
        for row, line in enumerate(frame.lines):
            if row >= len(self._shown) or self._shown[row] != line:
                self._paint_line(row, line)
        self._shown = frame.lines
        if frame.cursor is None:
            _show_cursor(shown=False)
        else:
            _show_cursor(shown=True)
            self._window.move(*frame.cursor)
        self._window.refresh()

    def forget(self) -> None:
        """Paint everything anew the next time: somebody else wrote on the terminal."""
        self._shown = ()
        self._window.clear()

    def use(self, theme: Theme) -> None:
        """Paint in this theme from now on."""
        if theme is not self._theme:
            self._theme = theme
            self._attributes.clear()
            self.forget()

    def ask_background(self) -> None:
        """Ask the terminal for the colour behind the text; its answer, if any, comes as input."""
        _write(BACKGROUND_QUESTION)

    def copy(self, text: str) -> bool:
        """Ask the terminal to put a text on its clipboard (OSC 52); say whether it is short enough."""
        data = base64.b64encode(text.encode(errors="replace"))
        if len(data) > _MOST_COPIED:
            return False
        _write(b"\x1b]52;c;%b\x07" % data)
        return True

    def ring(self) -> None:
        """Ring the terminal's bell."""
        _write(b"\a")

    @property
    def input_fileno(self) -> int:
        """The descriptor that becomes readable when something was typed."""
        return sys.stdin.fileno()

    def read(self) -> bytes | None:
        """Return what came since the last call. Never blocks.

        `None` when nothing came; empty when nothing will: the terminal is gone.
        """
        if not select.select([self.input_fileno], [], [], 0)[0]:
            return None
        try:
            return os.read(self.input_fileno, _READ_BYTES)
        except OSError:
            return b""

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Leave the terminal until the block ends, and take it back."""
        curses.def_prog_mode()
        self.ask_for_input(asked=False)
        _end_painting()
        try:
            yield
        finally:
            self._take_back()
            curses.flushinp()

    def resume(self) -> None:
        """Take the terminal back after a stop that left no time to leave it."""
        _end_painting()
        self._take_back()

    def ask_for_input(self, *, asked: bool) -> None:
        """Have pastes marked, and the mouse told, or not any more.

        Terminals that cannot do that ignore it.
        """
        modes = _PASTES + _MOUSE if self._mouse else _PASTES
        _write(modes.replace(b"%c", b"h" if asked else b"l"))

    def _take_back(self) -> None:
        curses.reset_prog_mode()
        self.ask_for_input(asked=True)
        self.forget()

    def _paint_line(self, row: int, line: Line) -> None:
        column = 0
        self._window.move(row, 0)
        self._window.clrtoeol()
        for part in line:
            # The cursor cannot go on behind the last cell of all; the text is there then.
            with suppress(curses.error):
                self._window.addstr(row, column, part.text, self._attribute(part.style))
            column += cells(part.text)

    @property
    def _most_pairs(self) -> int:
        return min(_MOST_PAIRS, curses.COLOR_PAIRS - 1)

    def _attribute(self, style: Style) -> int:
        known = self._attributes.get(style)
        if known is None:
            text_style = text_style_of(style, self._colours, self._theme)
            known = sum(bits for name, bits in _ATTRIBUTES if getattr(text_style, name))
            known |= self._pair(text_style)
            self._attributes[style] = known
        return known

    def _pair(self, text_style: TextStyle) -> int:
        if text_style.foreground is None and text_style.background is None:
            return 0
        colours = (
            -1 if text_style.foreground is None else text_style.foreground,
            -1 if text_style.background is None else text_style.background,
        )
        number = self._pairs.get(colours)
        if number is None:
            if len(self._pairs) >= self._most_pairs:
                return 0  # more colours at once than any screen of text has
            number = self._pairs[colours] = len(self._pairs) + 1
            curses.init_pair(number, *colours)
        return curses.color_pair(number)


def settle_terminal_type() -> str | None:
    """Have `TERM` name a terminal that is described on this machine, also to programs that we run.

    A terminal whose description is not installed is taken for one that nearly all are like.

    Returns: What `TERM` was, when it was changed.

    Raises:
        OmaError: It names none that could be painted on, or nothing.
    """
    asked = os.environ.get("TERM", "")
    near = _IN_A_MULTIPLEXER if asked.startswith(("tmux", "screen")) else _ON_ITS_OWN
    for name in (asked, *(near if asked else ())):
        try:
            curses.setupterm(name)
        except curses.error:
            continue
        if not curses.tigetstr("cup"):  # `dumb`; curses would paint on one line
            raise OmaError(f"{_cannot_paint(asked)}: its cursor cannot be moved; {_TRY}")
        os.environ["TERM"] = name
        return None if name == asked else asked
    message = f"{_cannot_paint(asked)}: no such terminal is described on this machine; {_TRY}"
    raise OmaError(message)


@contextmanager
def terminal(*, colours: bool, mouse: bool, theme: Theme) -> Iterator[Painter]:
    """Take the terminal over; it is as before when the block ends, however it ends.

    Args:
        colours: Else attributes alone are used, as `NO_COLOR` asks.
        mouse: Else clicks and drags stay the terminal's own.
        theme: What is painted in.

    Raises:
        OmaError: The terminal, or its name in `TERM`, is nothing that can be painted on.
    """
    settle_locale()  # curses asks for it once, as it begins
    settle_terminal_type()
    window = curses.initscr()
    painter = Painter(window, 0, mouse, _key_sequences(), theme)
    try:
        painter.ask_for_input(asked=True)
        _prepare(window)
        yield attrs.evolve(painter, colours=_start_colours() if colours else 0)
    finally:
        painter.ask_for_input(asked=False)
        window.keypad(False)  # noqa: FBT003  # curses names no parameter
        _show_cursor(shown=True)
        _end_painting()


def _end_painting() -> None:
    # ncurses 6.5 fails where that was done already: by the stop that we come back from, say.
    if not curses.isendwin():
        curses.endwin()


def _cannot_paint(asked: str) -> str:
    return f"TERM={asked!r}: cannot paint on this terminal"


def _key_sequences() -> dict[bytes, str]:
    found = {name: curses.tigetstr(name) for name in TERMINFO_KEYS}
    return terminal_keys({name: sequence for name, sequence in found.items() if sequence})


def _prepare(window: "curses.window") -> None:
    curses.noecho()
    # Every byte comes as it is: no signal of a key, which a paste could hold, no Ctrl-S that stops
    # the terminal, no CR that becomes LF.
    curses.raw()
    curses.nonl()
    window.keypad(True)  # noqa: FBT003  # as above
    # curses reads nothing, so what was typed shall not make it put off painting.
    curses.typeahead(-1)


def _start_colours() -> int:
    if not curses.has_colors():
        return 0
    curses.start_color()
    curses.use_default_colors()
    return curses.COLORS


def _write(sequences: bytes) -> None:
    with suppress(OSError):  # the terminal is gone
        os.write(sys.stdout.fileno(), sequences)


def _show_cursor(*, shown: bool) -> None:
    with suppress(curses.error):  # a terminal without that
        curses.curs_set(1 if shown else 0)
