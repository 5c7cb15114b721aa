"""Who is at the other end of a Unix socket, as the kernel tells it."""

import socket
import struct
import sys

_CREDENTIALS = struct.Struct("3i")
"""Linux, `SO_PEERCRED`: process, user, group."""

_SOL_LOCAL, _LOCAL_PEERCRED = 0, 1
_XUCRED = struct.Struct("2I")
"""macOS, `LOCAL_PEERCRED`: version and user; groups follow."""


def peer_uid(connection: socket.socket) -> int:
    """Return the user at the other end.

    Raises:
        OSError: The system does not tell.
    """
    if sys.platform == "darwin":
        told = connection.getsockopt(_SOL_LOCAL, _LOCAL_PEERCRED, 76)
        uid: int = _XUCRED.unpack_from(told)[1]
        return uid
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _, user, _ = _CREDENTIALS.unpack(told)
    return int(user)
