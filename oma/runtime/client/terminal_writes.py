"""Tells that a program wrote to a terminal, where the system says so: inotify, on Linux."""

import ctypes
import os
import struct
from collections.abc import Iterator

import attrs

_MODIFY, _ONESHOT = 0x2, 0x80000000
_EVENT = struct.Struct("iIII")
_BUFFER_BYTES = 64 * 1024


@attrs.define
class TerminalWrites:
    """Owner of watches on terminals: each tells of one write, and costs nothing until then.

    What a user types is no write, but where a program shows it.

    Raises:
        OSError: There is no such thing here.
    """

    _libc: ctypes.CDLL = attrs.field(factory=lambda: ctypes.CDLL(None, use_errno=True), init=False)
    fd: int = attrs.field(init=False)
    """Readable once there is something to take."""
    _paths: dict[int, str] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        start = getattr(self._libc, "inotify_init1", None)
        self.fd = -1 if start is None else start(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.fd < 0:
            raise OSError(ctypes.get_errno(), "inotify does not start")

    def arm(self, path: str) -> bool:
        """Tell of the next write to a terminal; say whether that can be told."""
        watch = self._libc.inotify_add_watch(self.fd, os.fsencode(path), _MODIFY | _ONESHOT)
        if watch >= 0:
            self._paths[watch] = path
        return bool(watch >= 0)

    def take(self) -> set[str]:
        """Return the terminals that were written to since they were armed, or are gone; they are not armed any more."""
        return set(self._taken())

    def _taken(self) -> Iterator[str]:
        try:
            data = os.read(self.fd, _BUFFER_BYTES)
        except BlockingIOError:
            return
        at = 0
        while at < len(data):
            watch, _, _, length = _EVENT.unpack_from(data, at)
            at += _EVENT.size + length
            path = self._paths.pop(watch, None)
            if path is not None:  # else it is told that the watch ended, of which a write was told
                yield path

    def close(self) -> None:
        """Watch nothing any more."""
        os.close(self.fd)
