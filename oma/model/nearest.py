"""The known word that an unknown one was perhaps meant to be.

>>> nearest("staus", ["stats", "status", "stop"]), nearest("x", ["status"])
('status', None)
>>> hint("cluade", ["aider", "claude"]), hint("x", ["aider", "claude"])
("did you mean 'claude'?", 'known are aider, claude')
"""

from collections.abc import Collection


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that is most like `word`; `None` if none is."""
    import difflib  # where something is wrong alone: its import takes milliseconds

    return next(iter(difflib.get_close_matches(word, known, n=1)), None)


def hint(word: str, known: Collection[str]) -> str:
    """Return what an error about an unknown word ends with: the nearest one, or all of them."""
    near = nearest(word, known)
    return f"known are {', '.join(known)}" if near is None else f"did you mean {near!r}?"
