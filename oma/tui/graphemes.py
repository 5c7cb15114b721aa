"""Where one character ends for a user: clusters of code points. The one import site of wcwidth.

wcwidth is kept up with each version of Unicode, which neither Python's own tables (of the year of the
interpreter) nor a table of ours would be. It is loaded when the first text comes that is not ASCII:
that takes longer than a frame.
"""


def boundary_before(text: str, at: int) -> int:
    """Return where the cluster begins that ends at `at`; 0 at the start."""
    if text.isascii():
        return max(0, at - 1)
    from wcwidth import grapheme_boundary_before

    return grapheme_boundary_before(text, at) if at > 0 else 0


def boundary_after(text: str, at: int) -> int:
    """Return where the cluster ends that begins at `at`; the length of the text at its end."""
    if text.isascii():
        return min(len(text), at + 1)
    from wcwidth import iter_graphemes

    return at + len(next(iter_graphemes(text, at), ""))
