"""Reads what an emulated terminal shows: its text, and the few numbers that a look needs beside it.

What the library reads from and writes into is shared by all screens: to make it anew takes longer
than to read. A read is over, and its result a value, before the next one begins.
"""

import ctypes
from collections.abc import Callable
from functools import partial

import attrs

from oma.screen import ghostty

_TEXT = ctypes.create_string_buffer(1 << 16)  # of 250x60 cells; a longer one gets its own buffer
_LENGTH = ctypes.c_size_t(0)
_WRITTEN = ctypes.byref(_LENGTH)
_SELECTION = ghostty.Selection(ctypes.sizeof(ghostty.Selection))
_SELECTION.start.size = _SELECTION.end.size = ctypes.sizeof(_SELECTION.start)
_START, _END = ctypes.byref(_SELECTION.start), ctypes.byref(_SELECTION.end)


def _options(form: int) -> ghostty.FormatOptions:
    options = ghostty.FormatOptions(ctypes.sizeof(ghostty.FormatOptions), emit=form, trim=True)
    options.selection = ctypes.pointer(_SELECTION)
    return options


_FORMS = {form: _options(form) for form in (ghostty.PLAIN_TEXT, ghostty.WITH_SEQUENCES)}


@attrs.frozen
class Glance:
    """What a look asks for beside the text."""

    broken: bool
    """The emulator could not process some output."""
    alternate: bool
    cursor: tuple[int, int]
    """Column and row, from 0; the column is that behind the last while a wrap is pending."""
    cursor_visible: bool


def glance(known: ghostty.Library, terminal: ctypes.c_void_p) -> Glance:
    """Return what a look needs to know beside the text, by one call."""
    known.calls.ghostty_terminal_get_multi(terminal, *known.glance_arguments)
    numbers = known.glance
    return Glance(
        numbers.VT_PROCESSING_ERROR != 0,
        numbers.ACTIVE_SCREEN == 1,
        (numbers.CURSOR_X + numbers.CURSOR_PENDING_WRAP, numbers.CURSOR_Y),
        numbers.CURSOR_VISIBLE != 0,
    )


def span(columns: int, first_row: int, last_row: int) -> tuple[ghostty.Point, ghostty.Point]:
    """Return the corners of whole rows, both included."""
    first, last = ghostty.Point(), ghostty.Point()
    first.value.coordinate = ghostty.Coordinate(0, first_row)
    last.value.coordinate = ghostty.Coordinate(columns - 1, last_row)
    return first, last


def text(
    known: ghostty.Library,
    terminal: ctypes.c_void_p,
    corners: tuple[ghostty.Point, ghostty.Point],
    form: int,
) -> bytes | int:
    """Return what is between `corners`, in `form`; the library's number of the error if it cannot."""
    calls = known.calls
    first, last = corners
    found: int = calls.ghostty_terminal_grid_ref(terminal, first, _START)
    if found == ghostty.SUCCESS:
        found = calls.ghostty_terminal_grid_ref(terminal, last, _END)
    if found != ghostty.SUCCESS:
        return found
    return written(partial(calls.ghostty_terminal_selection_format_buf, terminal, _FORMS[form]))


def written(write: Callable[..., int]) -> bytes | int:
    """Return what `write` puts into a buffer; the library's number of the error if it cannot."""
    buffer = _TEXT
    result = write(buffer, len(buffer), _WRITTEN)
    if result == ghostty.OUT_OF_SPACE:
        buffer = ctypes.create_string_buffer(_LENGTH.value)
        result = write(buffer, len(buffer), _WRITTEN)
    return bytes(memoryview(buffer)[: _LENGTH.value]) if result == ghostty.SUCCESS else result
