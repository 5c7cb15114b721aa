"""What a pane shows, from its bytes: the seam over the terminal emulator.

Rests on libghostty as pyghostty 0.1.3 ships it, and on three facts about it. It is never resized:
with wide characters on one or two columns that ends the process, so a new size means a new
`Screen`. It answers no query unless asked to, so nothing that a program asks leaves this room.
With no scrollback bytes it keeps no line that scrolled away.
"""

import ctypes
import weakref
from typing import Self

import attrs

from oma.model.events import PaneCaptured
from oma.screen.ghostty import (
    OUT_OF_SPACE,
    PLAIN_TEXT,
    SUCCESS,
    WITH_SEQUENCES,
    Coordinate,
    FormatOptions,
    Library,
    Point,
    Selection,
    String,
    library,
)
from oma.screen.hidden_strings import HiddenStrings
from oma.screen.styled import Run, parse_rows

MAX_CELLS = 1000
"""Most columns or rows of a screen: more than any display shows, and 8 MB of cells at most."""

_NOTHING_KEPT = (
    "SCROLLBACK_MAX_BYTES",
    "SCROLLBACK_MAX_LINES",
    "KITTY_IMAGE_STORAGE_LIMIT",  # tmux 3.3a shows no images, and they would cost 10 MB a pane
    "GLYPH_PROTOCOL",
    "APC_MAX_BYTES",
)

# Shared by all screens, for a read is over before the next begins: to make them costs more than to
# read. The buffer holds the text of 250x60 cells; a longer one gets a buffer of its own.
_TEXT = ctypes.create_string_buffer(1 << 16)
_WRITTEN = ctypes.c_size_t(0)
_SELECTION = Selection(ctypes.sizeof(Selection))
_SELECTION.start.size = _SELECTION.end.size = ctypes.sizeof(_SELECTION.start)
_START, _END = ctypes.byref(_SELECTION.start), ctypes.byref(_SELECTION.end)


def _options(form: int) -> FormatOptions:
    options = FormatOptions(ctypes.sizeof(FormatOptions), emit=form, trim=True)
    options.selection = ctypes.pointer(_SELECTION)
    return options


_FORMS = {form: _options(form) for form in (PLAIN_TEXT, WITH_SEQUENCES)}


@attrs.frozen
class _Seen:
    """What a glance shows."""

    broken: bool
    alternate: bool
    cursor: tuple[int, int]


@attrs.define(eq=False)
class Screen:
    """The emulated screen of one pane, of a fixed size.

    Args:
        columns: 1 to 1000; a screen of another size has `failed` from the start.
        rows: as `columns`.
    """

    columns: int
    rows: int
    failed: str | None = attrs.field(default=None, init=False)
    """Why the emulator gave up, or `None`. It then shows what it last showed, and takes no more
    output: make a new screen from a capture. Set by `lines`, which looks."""
    _terminal: ctypes.c_void_p = attrs.field(factory=ctypes.c_void_p, init=False, repr=False)
    _library: Library = attrs.field(factory=library, init=False, repr=False)
    _hidden: HiddenStrings = attrs.field(factory=HiddenStrings, init=False, repr=False)
    _corners: tuple[Point, Point] = attrs.field(init=False, repr=False)
    _lines: tuple[str, ...] = attrs.field(init=False, repr=False)
    _stale: bool = attrs.field(default=False, init=False, repr=False)
    _seen: _Seen | None = attrs.field(default=None, init=False, repr=False)
    """`None` when there was output since."""

    def __attrs_post_init__(self) -> None:
        self._lines = ("",) * self.rows
        if not (1 <= self.columns <= MAX_CELLS and 1 <= self.rows <= MAX_CELLS):
            self.failed = f"a screen of {self.columns}x{self.rows} is outside 1..{MAX_CELLS}"
            return
        self._corners = self._span(0, self.rows - 1)
        calls = self._library.calls
        made = calls.ghostty_terminal_new(
            None, ctypes.byref(self._terminal), self.columns, self.rows
        )
        if made != SUCCESS:
            self.failed = f"the emulator made no screen: {made}"
            return
        weakref.finalize(self, calls.ghostty_terminal_free, self._terminal)
        for option in _NOTHING_KEPT:
            zero = ctypes.c_uint64(0)
            calls.ghostty_terminal_set(
                self._terminal, self._library.options[option], ctypes.byref(zero)
            )

    @classmethod
    def seeded(cls, captured: PaneCaptured) -> Self:
        """Return a new screen that shows `captured`, ready for the output that follows it.

        A capture does not tell scroll region, modes, tab stops or the other screen's content:
        they are those of a new terminal.
        """
        screen = cls(captured.columns, captured.rows)
        # tmux writes line drawing as shift out, letters, shift in, and means DEC's set in G1.
        start = b"\x1b[?1049h\x1b[H\x1b)0" if captured.alternate else b"\x1b)0"
        body = captured.data.removesuffix(b"\n").replace(b"\n", b"\r\n")
        screen.feed(start + body + b"\x0f\x1b)B\x1b[0m")
        screen._place_cursor(captured.cursor_column, captured.cursor_row)
        return screen

    def feed(self, data: bytes) -> None:
        """Take output of the pane; chunks may be cut anywhere. Ignored once `failed` is set."""
        if self.failed is not None:
            return
        shown = self._hidden.drop(data)
        self._library.calls.ghostty_terminal_vt_write(self._terminal, shown, len(shown))
        self._stale = True
        self._seen = None

    def lines(self) -> tuple[str, ...]:
        """Return all rows from the top, without trailing spaces.

        While the text stays the same, so does the tuple: `is` tells whether anything changed.
        """
        if self._stale:
            self._stale = False
            self._read()
        return self._lines

    def styled(self, most_rows: int) -> tuple[tuple[Run, ...], ...]:
        """Return the bottom rows with their looks: down to the last that shows anything.

        Blank rows below the text and below the cursor are left out; there are `most_rows` at most.
        """
        lines = self.lines()
        if self.failed is not None or most_rows < 1:
            return ()
        inked = max((row for row, line in enumerate(lines) if line), default=0)
        last_row = max(inked, self.cursor[1])
        first_row = max(0, last_row + 1 - most_rows)
        text = self._text(self._span(first_row, last_row), WITH_SEQUENCES)
        if text is None:
            return ()
        rows = parse_rows(text)
        return (*rows, *[()] * (last_row + 1 - first_row - len(rows)))

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row, from 0; as in tmux, the column is `columns` while a wrap is pending."""
        if self.failed is not None:
            return 0, 0
        return self._glance().cursor

    @property
    def title(self) -> str:
        """What the program last called its terminal (OSC 0 or 2), if in UTF-8; hostile text."""
        if self.failed is not None:
            return ""
        text = String()
        self._library.calls.ghostty_terminal_get(
            self._terminal, self._library.facts["TITLE"], ctypes.byref(text)
        )
        return ctypes.string_at(text.ptr, text.len).decode(errors="replace") if text.len else ""

    @property
    def alternate(self) -> bool:
        """Say whether the alternate screen is shown."""
        return self.failed is None and self._glance().alternate

    def _place_cursor(self, column: int, row: int) -> None:
        if column < self.columns or row >= self.rows:
            self.feed(b"\x1b[%d;%dH" % (row + 1, column + 1))
            return
        # Only writing the last cell again leaves the cursor behind it, with the wrap pending.
        self.feed(b"\x1b[%d;1H" % (row + 1) + self.lines()[row].encode())
        self.feed(b" " * (self.columns - self.cursor[0]))

    def _glance(self) -> _Seen:
        """Return what a look needs to know beside the text, asked for once after each output."""
        if self._seen is None:
            known = self._library
            known.calls.ghostty_terminal_get_multi(self._terminal, *known.glance_arguments)
            numbers = known.glance
            self._seen = _Seen(
                numbers.VT_PROCESSING_ERROR != 0,
                numbers.ACTIVE_SCREEN == 1,
                (numbers.CURSOR_X + numbers.CURSOR_PENDING_WRAP, numbers.CURSOR_Y),
            )
        return self._seen

    def _read(self) -> None:
        if self._glance().broken:
            self.failed = "the emulator could not process the output"
            return
        text = self._text(self._corners, PLAIN_TEXT)
        if text is None:
            return
        read = text.split("\n")
        lines = (*read, *[""] * (self.rows - len(read)))
        if lines != self._lines:
            self._lines = lines

    def _span(self, first_row: int, last_row: int) -> tuple[Point, Point]:
        """Return the corners of whole rows, both included."""
        first, last = Point(), Point()
        first.value.coordinate = Coordinate(0, first_row)
        last.value.coordinate = Coordinate(self.columns - 1, last_row)
        return first, last

    def _text(self, corners: tuple[Point, Point], form: int) -> str | None:
        """Write out what is between `corners`; `None`, and `failed` set, when that cannot be."""
        calls, terminal = self._library.calls, self._terminal
        for point, place in zip(corners, (_START, _END), strict=True):
            found = calls.ghostty_terminal_grid_ref(terminal, point, place)
            if found != SUCCESS:
                self.failed = f"the emulator has no such cell: {found}"
                return None
        buffer, written, options = _TEXT, ctypes.byref(_WRITTEN), _FORMS[form]
        write = calls.ghostty_terminal_selection_format_buf
        result = write(terminal, options, buffer, len(buffer), written)
        if result == OUT_OF_SPACE:
            buffer = ctypes.create_string_buffer(_WRITTEN.value)
            result = write(terminal, options, buffer, len(buffer), written)
        if result != SUCCESS:
            self.failed = f"the emulator cannot write its text out: {result}"
            return None
        return str(memoryview(buffer)[: _WRITTEN.value], "utf-8", "replace")
