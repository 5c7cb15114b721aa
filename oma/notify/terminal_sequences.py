r"""Escape sequences by which a terminal notifies: OSC 9, 777 and 99.

What is told holds no control characters, so it cannot end a sequence or begin another one.

>>> notify_sequence("osc9", "fix asks you", "Proceed?")
b'\x1b]9;fix asks you: Proceed?\x07'
"""

import base64

from oma.model.printable import printable

_MOST_CHARACTERS = 400
"""Terminals drop sequences that are much longer."""


def notify_sequence(kind: str, title: str, body: str) -> bytes:
    """Return the bytes that make a terminal notify.

    Args:
        kind: `osc9`, `osc777` or `osc99`.
        title: On one line.
        body: May have lines.
    """
    # A digit and a semicolon make another command of OSC 9; a semicolon separates fields of OSC 777.
    head = printable(title).replace(";", ",")
    text = printable(" · ".join(body.splitlines())).replace(";", ",")[:_MOST_CHARACTERS]
    if kind == "osc777":
        return f"\x1b]777;notify;{head};{text}\x07".encode(errors="replace")
    if kind == "osc99":
        # In base64, and in two parts: the title is followed by the body.
        return (
            b"\x1b]99;i=oma:d=0:e=1:p=title;" + _base64(head) + b"\x1b\\"
            b"\x1b]99;i=oma:d=1:e=1:p=body;" + _base64(text) + b"\x1b\\"
        )
    line = f"{head}: {text}" if text else head
    return f"\x1b]9;{line}\x07".encode(errors="replace")


def _base64(text: str) -> bytes:
    return base64.b64encode(text.encode(errors="replace"))
