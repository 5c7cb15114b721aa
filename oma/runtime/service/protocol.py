"""What is said on the socket of the service (docs/protocol.md). Light: `oma status` imports it.

A client sends one request, a line of JSON. The answer is one line of JSON, or a log: the lines of a
recording, with empty lines between them that say that the service lives.
"""

import json

PROTOCOL = 1
"""Grows when what is said means something else to one who knows an older one."""

MOST_REQUEST_BYTES = 4096

LOG, CHANGES, STATUS, TABLE, RESYNC = "log", "changes", "status", "table", "resync"
FRAME = "frame"
"""What a dashboard paints before it knows anything itself."""

CLIENTS_CHANGED = "clients-changed"
"""The type of a record that no recording holds: some client left the server, or shows another session."""

PING_S = 1.0
"""How often at least something comes from a service that lives."""

SILENT_S = 1.8
"""A service from which nothing came for so long hangs."""


NOW = "now"
"""The value of `settled` that is refused also by an older service, while what it knows has not settled."""


def request(want: str, key: str | None = None, **more: object) -> bytes:
    """Return the line that asks for something.

    Args:
        want: One of the words above.
        key: What whoever asks would watch; `None` takes what the service watches.
        more: What else is asked; `settled=True` is refused by a service that has only begun to watch.
    """
    asked: dict[str, object] = {"protocol": PROTOCOL, "want": want, **more}
    if key is not None:
        asked["key"] = key
    return json.dumps(asked).encode() + b"\n"
