"""The status that an agent reports of itself, written as OSC 7501 (program status, revision 0.4).

This module and those that it is used with at an agent's hook import next to nothing: the agent waits
for its hooks, and attrs alone costs as much as the rest of `oma report`.
"""

import binascii
from typing import NamedTuple

STATES = ("idle", "working", "blocked", "done", "error", "clear")
KINDS = ("permission", "question", "auth")

MAX_SEQUENCE_BYTES = 4096
"""Of the whole sequence; the protocol allows as much for its body alone."""

_OPENING, _END = b"\x1b]7501;", b"\x1b\\"
_APP_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
_APP_MOST_SIGNS = 64


class Status(NamedTuple):
    """What an agent says of itself."""

    state: str
    """One of `STATES`."""
    kind: str = ""
    """Of `blocked`: one of `KINDS`, or empty."""
    message: str = ""
    """For a user; from an agent, hence hostile."""


def is_app_name(text: str) -> bool:
    """Say whether `text` may stand in a sequence as it is, as the name of a program."""
    return 0 < len(text) <= _APP_MOST_SIGNS and _APP_SIGNS.issuperset(text)


def status_sequence(status: Status, app: str = "") -> bytes:
    """Return the escape sequence that says `status`, in at most `MAX_SEQUENCE_BYTES`.

    A message that is too long is cut between two characters. Whatever the message holds, the
    sequence has no control character but its own escapes.

    Args:
        status: its state and kind are of the known ones.
        app: which program speaks; empty, or what `is_app_name` allows.
    """
    words = [f"state={status.state}"]
    words += [f"app={app}"] if app else []
    words += [f"kind={status.kind}"] if status.kind else []
    body = ":".join(words).encode("ascii")
    if status.message:
        body += b":msg="
        room = MAX_SEQUENCE_BYTES - len(_OPENING) - len(body) - len(_END)
        body += _base64(status.message, room)
    return _OPENING + body + _END


def _base64(text: str, most_bytes: int) -> bytes:
    plain = text.encode(errors="replace")[: most_bytes // 4 * 3]
    # A cut in the middle of a character leaves a part of it, which is no text.
    whole = plain.decode(errors="ignore").encode()
    return binascii.b2a_base64(whole, newline=False)
