"""The lines of a frame as plain values, which JSON holds: one process composes what another paints."""

from collections.abc import Iterable

import attrs

from oma.screen.styled import TextStyle
from oma.tui.cells import Frame, Line, Size, Span, clip_line, span
from oma.tui.themes import DARK


def encode_lines(lines: Iterable[Line]) -> list[list[list[object]]]:
    """Return each line as a list of texts with their styles."""
    return [[[part.text, _encoded(part)] for part in line] for line in lines]


def decode_frame(lines: object, size: Size) -> Frame:
    """Return the frame of this size whose lines these are; they are cut, or followed by empty ones.

    Raises:
        ValueError: They are nothing that `encode_lines` returns.
    """
    try:
        decoded = [clip_line(map(_decoded, line), size.columns) for line in _listed(lines)]
    except (TypeError, KeyError, ValueError) as wrong:
        raise ValueError("no lines of a frame") from wrong
    del decoded[size.rows :]
    empty: list[Line] = [()] * (size.rows - len(decoded))
    return Frame(size, (*decoded, *empty))


def _encoded(part: Span) -> object:
    return part.style if isinstance(part.style, str) else list(attrs.astuple(part.style))


def _listed(value: object) -> list[list[list[object]]]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _decoded(part: list[object]) -> Span:
    text, style = part
    if not isinstance(text, str):
        raise TypeError
    if isinstance(style, list):
        if not all(value is None or isinstance(value, int) for value in style):
            raise TypeError
        return span(text, TextStyle(*style))
    if style not in DARK.styles:
        raise KeyError
    return span(text, str(style))
