"""Rows of text as aligned lines."""

from collections.abc import Sequence


def text_table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows of cells as aligned lines."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
