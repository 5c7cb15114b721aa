"""What a pane shows, from its bytes: the seam over the terminal emulator.

Rests on libghostty as pyghostty 0.1.3 ships it, and on three facts about it. It is never resized:
with wide characters on one or two columns that ends the process, so a new size means a new
`Screen`. It answers no query unless asked to, so nothing that a program asks leaves this package.
With no scrollback bytes it keeps no line that scrolled away.
"""

import ctypes
import weakref
from functools import partial
from typing import Self

import attrs

from oma.model.events import PaneCaptured
from oma.screen import ghostty
from oma.screen.hidden_strings import HiddenStrings
from oma.screen.readout import Glance, glance, span, text, written
from oma.screen.snapshots import mend
from oma.screen.styled import StyledRows, parse_rows

MAX_CELLS = 1000
"""Most columns or rows of a screen: more than any display shows, and 8 MB of cells at most."""

_NOTHING_KEPT = (
    "SCROLLBACK_MAX_BYTES",
    "SCROLLBACK_MAX_LINES",
    "KITTY_IMAGE_STORAGE_LIMIT",  # tmux 3.3a shows no images, and they would cost 10 MB a pane
    "GLYPH_PROTOCOL",
    "APC_MAX_BYTES",
)

_CONTINUATION_BYTES = 4096
"""Most bytes of an unfinished sequence that can be told again; only strings are longer."""


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
    _library: ghostty.Library = attrs.field(factory=ghostty.library, init=False, repr=False)
    _hidden: HiddenStrings = attrs.field(factory=HiddenStrings, init=False, repr=False)
    _corners: tuple[ghostty.Point, ghostty.Point] = attrs.field(init=False, repr=False)
    _lines: tuple[str, ...] = attrs.field(init=False, repr=False)
    _stale: bool = attrs.field(default=False, init=False, repr=False)
    _seen: Glance | None = attrs.field(default=None, init=False, repr=False)
    """`None` when there was output since."""

    def __attrs_post_init__(self) -> None:
        self._lines = ("",) * self.rows
        if not (1 <= self.columns <= MAX_CELLS and 1 <= self.rows <= MAX_CELLS):
            self.failed = f"a screen of {self.columns}x{self.rows} is outside 1..{MAX_CELLS}"
            return
        self._corners = span(self.columns, 0, self.rows - 1)
        calls = self._library.calls
        made = calls.ghostty_terminal_new(
            None, ctypes.byref(self._terminal), self.columns, self.rows
        )
        if made != ghostty.SUCCESS:
            self.failed = f"the emulator made no screen: {made}"
            return
        weakref.finalize(self, calls.ghostty_terminal_free, self._terminal)
        for option in _NOTHING_KEPT:
            self._set(option, 0)
        self._set("CONTINUATION_MAX_BYTES", _CONTINUATION_BYTES)

    @classmethod
    def seeded(cls, captured: PaneCaptured) -> Self:
        """Return a new screen that shows `captured`, ready for the output that follows it.

        A capture that is not exact does not tell scroll region, modes, tab stops or the other screen's content:
        they are those of a new terminal.
        """
        screen = cls(captured.columns, captured.rows)
        if captured.exact:
            screen.feed(captured.data)
            return screen
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

    def styled(self, most_rows: int) -> StyledRows:
        """Return the bottom rows with their styles: down to the last that shows anything.

        Blank rows below the text and below the cursor are left out; there are `most_rows` at most.
        """
        lines = self.lines()
        if self.failed is not None or most_rows < 1:
            return ()
        inked = max((row for row, line in enumerate(lines) if line), default=0)
        last_row = max(inked, self.cursor[1])
        first_row = max(0, last_row + 1 - most_rows)
        shown = self._text(span(self.columns, first_row, last_row), ghostty.WITH_SEQUENCES)
        if shown is None:
            return ()
        rows = parse_rows(shown)
        return (*rows, *[()] * (last_row + 1 - first_row - len(rows)))

    def snapshot(self) -> bytes | None:
        """Return output that makes a new terminal of this size show the same; `None` if failed.

        With text, styles, cursor, modes, scroll region, tab stops and character sets; without the
        screen that is not shown, the saved cursor, colours that were redefined, and `pending`.
        """
        if self.failed is not None:
            return None
        screen = ghostty.ScreenExtras(ctypes.sizeof(ghostty.ScreenExtras), *(True,) * 6)
        extra = ghostty.Extras(
            ctypes.sizeof(ghostty.Extras),
            modes=True,
            scrolling_region=True,
            tabstops=True,
            keyboard=True,
            screen=screen,
        )
        options = ghostty.FormatterOptions(
            ctypes.sizeof(ghostty.FormatterOptions),
            emit=ghostty.WITH_SEQUENCES,
            trim=True,
            extra=extra,
        )
        calls = self._library.calls
        formatter = ctypes.c_void_p()
        made = calls.ghostty_formatter_terminal_new(
            None, ctypes.byref(formatter), self._terminal, options
        )
        if made != ghostty.SUCCESS:
            self.failed = f"the emulator cannot write its screen out: {made}"
            return None
        try:
            found = written(partial(calls.ghostty_formatter_format_buf, formatter))
        finally:
            calls.ghostty_formatter_free(formatter)
        data = self._read_out(found)
        return None if data is None else mend(data, alternate=self.alternate)

    @property
    def pending(self) -> bytes:
        """The beginning of a sequence or of a character that the output so far ends in."""
        if self.failed is not None:
            return b""
        buffer = ctypes.create_string_buffer(_CONTINUATION_BYTES)
        length = ctypes.c_size_t(0)
        result = self._library.calls.ghostty_terminal_continuation_buf(
            self._terminal, buffer, len(buffer), ctypes.byref(length)
        )
        # Only strings are that long, and in all of them the same bytes mean the same.
        shown = buffer.raw[: length.value] if result == ghostty.SUCCESS else b"\x1b]"
        return shown + self._hidden.pending

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row, from 0; as in tmux, the column is `columns` while a wrap is pending."""
        if self.failed is not None:
            return 0, 0
        return self._glance().cursor

    @property
    def cursor_visible(self) -> bool:
        """Say whether the program shows its cursor; a capture does not tell."""
        return self.failed is None and self._glance().cursor_visible

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

    def _glance(self) -> Glance:
        if self._seen is None:
            self._seen = glance(self._library, self._terminal)
        return self._seen

    def _read(self) -> None:
        if self._glance().broken:
            self.failed = "the emulator could not process the output"
            return
        shown = self._text(self._corners, ghostty.PLAIN_TEXT)
        if shown is None:
            return
        read = shown.split("\n")
        lines = (*read, *[""] * (self.rows - len(read)))
        if lines != self._lines:
            # Lines that stand stay the same objects: whoever reads them next sees at once which changed.
            before = self._lines
            self._lines = tuple([o if o == n else n for o, n in zip(before, lines, strict=True)])

    def _text(self, corners: tuple[ghostty.Point, ghostty.Point], form: int) -> str | None:
        """Write out what is between `corners`; `None`, and `failed` set, when that cannot be."""
        found = self._read_out(text(self._library, self._terminal, corners, form))
        return None if found is None else found.decode(errors="replace")

    def _read_out(self, found: bytes | int) -> bytes | None:
        if isinstance(found, int):
            self.failed = f"the emulator cannot write its text out: {found}"
            return None
        return found

    def _set(self, option: str, number: int) -> None:
        value = ctypes.c_uint64(number)
        self._library.calls.ghostty_terminal_set(
            self._terminal, self._library.options[option], ctypes.byref(value)
        )
