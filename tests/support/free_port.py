"""A port of this machine that is free, and is not given to somebody else before it is used."""

import random
import socket

_FIRST, _END = 10_000, 30_000
"""Below those that the system gives to whoever asks for any, as most tests and every connection do."""


def free_port(*others: int) -> int:
    """Return one that is none of `others`; whoever else chooses like this hardly chooses the same."""
    while True:
        port = random.randrange(_FIRST, _END)
        if port in others:
            continue
        with socket.socket() as probe:
            # As servers do: what is left of connections that have ended is in nobody's way.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
