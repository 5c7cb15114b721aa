"""The curses door: enter, paint what changed, read keys, leave whatever happens.

The one import site of curses, and too thin to think. curses compares cells by itself; lines that
are equal to those painted last are not even handed to it.
"""

import curses
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import attrs

from oma.errors import OmaError
from oma.screen.styled import Look
from oma.tui.cells import Frame, Line, Size, Style, cells
from oma.tui.inputs import Click, Input, Key, Wheel
from oma.tui.locales import settle_locale
from oma.tui.pastes import Pastes
from oma.tui.theme import look_of

_ESCAPE_MS = 25
"""How long an Escape may be the start of a longer sequence; local terminals send those at once."""

_MOST_PAIRS = 255
"""Colour pairs that fit into an attribute of `addstr` (Python 3.11, ncurses 6)."""

_NAMES = {
    curses.KEY_UP: "Up",
    curses.KEY_DOWN: "Down",
    curses.KEY_LEFT: "Left",
    curses.KEY_RIGHT: "Right",
    curses.KEY_HOME: "Home",
    curses.KEY_END: "End",
    curses.KEY_PPAGE: "PageUp",
    curses.KEY_NPAGE: "PageDown",
    curses.KEY_DC: "Delete",
    curses.KEY_BTAB: "BackTab",
    curses.KEY_BACKSPACE: "Backspace",
    curses.KEY_ENTER: "Enter",
}

_CHARACTERS = {
    "\x1b": "Escape",
    "\r": "Enter",
    "\n": "Enter",
    "\t": "Tab",
    "\x7f": "Backspace",
    "\x08": "Backspace",
}

_ATTRIBUTES = (
    ("bold", curses.A_BOLD),
    ("dim", curses.A_DIM),
    ("italic", curses.A_ITALIC),
    ("underline", curses.A_UNDERLINE),
    ("reverse", curses.A_REVERSE),
)

_MOUSE = (
    curses.BUTTON1_PRESSED
    | curses.BUTTON1_CLICKED
    | curses.BUTTON4_PRESSED
    | getattr(curses, "BUTTON5_PRESSED", 0)
)


_IN_A_MULTIPLEXER = ("screen-256color", "screen")
_ON_ITS_OWN = ("xterm-256color", "xterm")
_TRY = "if it is like most, run TERM=xterm-256color oma"


@attrs.define
class Painter:
    """The terminal while it is ours."""

    _window: "curses.window"
    _colours: int
    _shown: tuple[Line, ...] = ()
    _pairs: dict[tuple[int, int], int] = attrs.Factory(dict)
    _attributes: dict[Style, int] = attrs.Factory(dict)
    _pastes: Pastes = attrs.Factory(Pastes)

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

    def inputs(self) -> list[Input] | None:
        """Return everything that was typed, pasted or clicked since the last call. Never blocks.

        `None` when nothing came; empty when it was a part of a paste.
        """
        found: list[Input] = []
        while True:
            try:
                given = self._window.get_wch()
            except curses.error:
                return self._pastes.take(found) if found else None
            made = _mouse() if given == curses.KEY_MOUSE else _key(given)
            if made is not None:
                found.append(made)

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Give the terminal to another program until the block ends, and take it back."""
        curses.def_prog_mode()
        _ask_for_pastes(asked=False)
        curses.endwin()
        try:
            yield
        finally:
            curses.reset_prog_mode()
            _ask_for_pastes(asked=True)
            self.forget()
            curses.flushinp()

    def _paint_line(self, row: int, line: Line) -> None:
        column = 0
        self._window.move(row, 0)
        self._window.clrtoeol()
        for part in line:
            # The cursor cannot go on behind the last cell of all; the text is there then.
            with suppress(curses.error):
                self._window.addstr(row, column, part.text, self._attribute(part.style))
            column += cells(part.text)

    def _attribute(self, style: Style) -> int:
        known = self._attributes.get(style)
        if known is None:
            look = look_of(style, self._colours)
            known = sum(bits for name, bits in _ATTRIBUTES if getattr(look, name))
            known |= self._pair(look)
            self._attributes[style] = known
        return known

    def _pair(self, look: Look) -> int:
        if look.foreground is None and look.background is None:
            return 0
        colours = (
            -1 if look.foreground is None else look.foreground,
            -1 if look.background is None else look.background,
        )
        number = self._pairs.get(colours)
        if number is None:
            if len(self._pairs) >= min(_MOST_PAIRS, curses.COLOR_PAIRS - 1):
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
            message = f"{_cannot_paint(asked)}: its cursor cannot be moved; {_TRY}"
            raise OmaError(message)
        os.environ["TERM"] = name
        return None if name == asked else asked
    message = f"{_cannot_paint(asked)}: no such terminal is described on this machine; {_TRY}"
    raise OmaError(message)


@contextmanager
def terminal(*, colours: bool) -> Iterator[Painter]:
    """Take the terminal over; it is as before when the block ends, however it ends.

    Args:
        colours: Else attributes alone are used, as `NO_COLOR` asks.

    Raises:
        OmaError: The terminal, or its name in `TERM`, is nothing that can be painted on.
    """
    settle_locale()  # curses asks for it once, as it begins
    settle_terminal_type()
    curses.set_escdelay(_ESCAPE_MS)
    window = curses.initscr()
    try:
        _ask_for_pastes(asked=True)
        yield Painter(window, _prepare(window) if colours else _prepare_plain(window))
    finally:
        _ask_for_pastes(asked=False)
        curses.mousemask(0)
        window.keypad(False)  # noqa: FBT003  # curses names no parameter
        curses.echo()
        curses.nocbreak()
        _show_cursor(shown=True)
        curses.endwin()


def _cannot_paint(asked: str) -> str:
    return f"TERM={asked!r}: cannot paint on this terminal"


def _prepare_plain(window: "curses.window") -> int:
    curses.noecho()
    curses.cbreak()
    window.keypad(True)  # noqa: FBT003  # as above
    window.nodelay(True)  # noqa: FBT003  # as above
    curses.mouseinterval(0)
    curses.mousemask(_MOUSE)
    return 0


def _prepare(window: "curses.window") -> int:
    _prepare_plain(window)
    if not curses.has_colors():
        return 0
    curses.start_color()
    curses.use_default_colors()
    return curses.COLORS


def _show_cursor(*, shown: bool) -> None:
    with suppress(curses.error):  # a terminal without that
        curses.curs_set(1 if shown else 0)


def _ask_for_pastes(*, asked: bool) -> None:
    """Have pastes marked as such, or not any more; terminals that cannot do that ignore it."""
    with suppress(OSError):  # the terminal is gone
        os.write(sys.stdout.fileno(), b"\x1b[?2004h" if asked else b"\x1b[?2004l")


def _key(given: int | str) -> Input | None:
    if isinstance(given, int):
        name = _NAMES.get(given)
        return None if name is None else Key(name)
    if given in _CHARACTERS:
        return Key(_CHARACTERS[given])
    if "\x01" <= given <= "\x1a":
        return Key(f"C-{chr(ord(given) + 96)}")
    return Key(given) if given.isprintable() else None


def _mouse() -> Input | None:
    try:
        _, column, row, _, buttons = curses.getmouse()
    except curses.error:
        return None
    if buttons & curses.BUTTON4_PRESSED:
        return Wheel(-1)
    if buttons & getattr(curses, "BUTTON5_PRESSED", 0):
        return Wheel(1)
    if buttons & (curses.BUTTON1_PRESSED | curses.BUTTON1_CLICKED):
        return Click(row, column)
    return None
