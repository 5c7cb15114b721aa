"""Who this machine is among those that publish."""

import hashlib
import os
import re
import socket
import uuid
from pathlib import Path

_MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_OTHERS = re.compile(r"[^A-Za-z0-9_.-]+")


def host_name() -> str:
    """Return the name of this machine, as a host that publishes may be called."""
    name = _OTHERS.sub("-", socket.gethostname().partition(".")[0]).strip("-._")
    return name[:63] or "host"


def machine_id(server: str) -> str:
    """Return what tells this user's tmux server on this machine from others of the same name.

    Args:
        server: The path of its socket.
    """
    known = (_read(path) for path in _MACHINE_IDS)
    machine = next(filter(None, known), f"{uuid.getnode():x}")
    parts = f"{machine}\0{os.getuid()}\0{server}"
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:16]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
