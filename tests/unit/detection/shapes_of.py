"""Screens as logical lines with the marks of their shapes, for the tests of their parts."""

from oma.detection.line_shapes import SHAPES
from oma.detection.logical_lines import logical_lines
from oma.detection.patterns import PatternIndex

INDEX = PatternIndex.of(SHAPES, "test")


def lines_of(text, columns=0):
    """Return the logical lines of a screen; its first line break is left out."""
    return logical_lines(tuple(text.removeprefix("\n").split("\n")), columns, INDEX.marks_of)
