r"""Output that shows given rows and says given signals: bytes of ours, whatever an agent wrote.

>>> repaint(("a", "b"), ("a", "c"), (1, 0))
b'\x1b[?7l\x1b[2;1H\x1b[2Kc\x1b[?7h\x1b[1;2H'
"""

import base64
from collections.abc import Sequence

from oma.model import signals
from oma.model.printable import printable


def repaint(before: Sequence[str], rows: Sequence[str], cursor: tuple[int, int]) -> bytes:
    """Return output after which a terminal that shows `before` shows `rows`.

    Args:
        before: As many rows, or fewer; the others are taken to be blank.
        rows: Without colours.
        cursor: Where it is to stand: column and row, from 0.
    """
    painted = [
        f"\x1b[{row + 1};1H\x1b[2K{printable(text)}"
        for row, text in enumerate(rows)
        if text != (before[row] if row < len(before) else "")
    ]
    # Without wrapping, a row that is too wide spoils no other one.
    text = f"\x1b[?7l{''.join(painted)}\x1b[?7h" if painted else ""
    column, row = cursor
    return f"{text}\x1b[{row + 1};{column + 1}H".encode()


def signal_output(signal: signals.Signal) -> bytes:
    """Return output that says `signal`."""
    match signal:
        case signals.TitleSet(text):
            return _osc(f"2;{printable(text)}")
        case signals.Bell():
            return b"\x07"
        case signals.Notified(text):
            return _osc(f"777;notify;;{printable(text)}")
        case signals.ProgressShown(state, percent):
            return _osc(f"9;4;{state};{'' if percent is None else percent}")
        case signals.PromptMarked(mark, status):
            return _osc(f"133;{mark}" if status is None else f"133;{mark};{status}")
        case signals.StatusReported(state, kind, app, _, message):
            told = base64.b64encode(message.encode("utf-8", "replace")).decode()
            pairs = {"state": state, "kind": kind, "app": printable(app), "msg": told}
            return _osc(
                "7501;" + ":".join(f"{key}={value}" for key, value in pairs.items() if value)
            )


def _osc(body: str) -> bytes:
    return f"\x1b]{body}\x07".encode()
