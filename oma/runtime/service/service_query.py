"""One question to the service, without an event loop: `oma status` is to answer at once."""

import json
import socket

from oma.runtime.service.protocol import request
from oma.runtime.service.service_address import ServiceAddress

PATIENCE_S = 0.5
"""A service that lives answers within milliseconds; a look of one's own takes as long."""

MOST_BYTES = 64 << 20


def ask_service(
    address: ServiceAddress, want: str, key: str, **more: object
) -> dict[str, object] | None:
    """Return the answer of the service; `None` where there is none that knows it.

    Args:
        address: Of the service.
        want: `status`, `table` or `frame`.
        key: What would be watched.
        more: What else is asked.
    """
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE_S)
            connection.connect(str(address.socket))
            connection.sendall(request(want, key, **more))
            line = _line(connection)
        answer = json.loads(line)
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) and "refused" not in answer else None


def _line(connection: socket.socket) -> bytes:
    data = bytearray()
    while not data.endswith(b"\n") and len(data) < MOST_BYTES:
        part = connection.recv(1 << 18)
        if not part:
            break
        data += part
    return bytes(data)
