"""Descriptors: ours are made plenty, and the server's are never used up.

A control client costs us five and the server three. A server that has none left serves nobody any
more: with the usual limit of 1024, three hundred agents and a client for each hang it (seen on
3.3a).
"""

import os
import resource
from pathlib import Path

WANTED = 65536
"""Enough for ten thousand agents."""

KEPT_FREE = 128
"""Left to the server for new panes and for the user's own clients."""


def make_room() -> None:
    """Raise this process's limit of open descriptors as far as the system lets a user."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def server_has_room(pid: int | None) -> bool:
    """Say whether the server can take one more client; true where the system does not tell."""
    if pid is None:
        return True
    process = Path(f"/proc/{pid}")
    try:
        used = len(os.listdir(process / "fd"))
        limits = (process / "limits").read_text()
    except OSError:
        return True
    for line in limits.splitlines():
        if line.startswith("Max open files"):
            soft = line.split()[3]
            return not soft.isdigit() or used + KEPT_FREE < int(soft)
    return True
