"""The directory of files that users give to agents: each under a name of ours, readable by its owner alone.

A file is stored whole or not at all; none is ever replaced or opened again. What is too old is removed.
"""

import math
import os
import re
import secrets
import unicodedata
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from pathlib import Path

import attrs
import trio

from oma.errors import OmaError
from oma.web.request_error import RequestError

CHUNK_S = 20.0
"""How long the next piece of a file may take to arrive."""

_NAME_CHARACTERS = 80
_OURS = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}-[A-Za-z0-9._-]+")
"""A name that `stored_name` makes; it begins with when that was."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@attrs.define
class UploadDirectory:
    """Where uploads are stored.

    Args:
        path: Of the directory, absolute; it is made, mode 0700, with the first file.
        most_bytes: Of one file.
        most_bytes_together: Of all files in the directory.
        keep_s: A file that was given longer ago is removed when another is stored; infinite for never.
    """

    path: Path
    most_bytes: int
    most_bytes_together: int
    keep_s: float = math.inf
    _arriving: dict[str, int] = attrs.Factory(dict)
    """Name → bytes that it may have, of the files that are being stored."""
    _asking: trio.Lock = attrs.Factory(trio.Lock)
    """One file at a time is asked whether there is room for it."""

    async def store(
        self, name: str, size_bytes: int, data: AsyncGenerator[bytes, None], now_s: float
    ) -> Path:
        """Store a file and return its path.

        Args:
            name: What the user calls it; the end of the stored name is made of it.
            size_bytes: How long it says that it is.
            data: What is in it, in pieces.
            now_s: Seconds since the epoch, for its name.

        Raises:
            RequestError: It is too much, does not arrive, or has another length.
            OmaError: It cannot be written.
        """
        if size_bytes > self.most_bytes:
            raise RequestError(413, f"this file is too large: at most {self.most_bytes} bytes")
        try:
            stored = await self._reserve(name, size_bytes, now_s)
            try:
                async with aclosing(data):
                    return await self._stored(self.path / stored, size_bytes, data)
            finally:
                self._arriving.pop(stored, None)
        except OSError as failure:
            words = (failure.strerror or str(failure)).lower()
            raise OmaError(f"{self.path}: cannot store a file: {words}") from None

    async def _reserve(self, name: str, size_bytes: int, now_s: float) -> str:
        """Return the name of a file for which there is room, and which counts as a whole from now on."""
        async with self._asking:
            await trio.to_thread.run_sync(self.remove_old, now_s)
            arriving = dict(self._arriving)
            used = await trio.to_thread.run_sync(self._used_bytes, arriving)
            if used + sum(arriving.values()) + size_bytes > self.most_bytes_together:
                words = (
                    f"{self.path} is full: remove files there, or raise [web] max_uploads_bytes"
                )
                raise RequestError(409, words)
            stored = stored_name(name, now_s)
            self._arriving[stored] = size_bytes
            return stored

    def remove_old(self, now_s: float) -> None:
        """Remove the files that were stored here too long ago; what has another name stays. Blocks.

        Args:
            now_s: Seconds since the epoch.
        """
        if self.keep_s > now_s:
            return
        first_kept = _stamp(now_s - self.keep_s)
        with suppress(OSError), os.scandir(self.path) as entries:
            old = [e.name for e in entries if _OURS.fullmatch(e.name) and e.name < first_kept]
            for name in old:
                _remove(self.path / name)

    def _used_bytes(self, arriving: Collection[str]) -> int:
        """Return the bytes of all files but those that are being stored."""
        try:
            with os.scandir(self.path) as entries:
                stored = [entry for entry in entries if entry.name not in arriving]
                return sum(entry.stat(follow_symlinks=False).st_size for entry in stored)
        except FileNotFoundError:
            return 0

    async def _stored(
        self, path: Path, size_bytes: int, data: AsyncGenerator[bytes, None]
    ) -> Path:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(path, flags, 0o600)
        whole = False
        try:
            async with trio.wrap_file(os.fdopen(descriptor, "wb")) as file:
                arrived = 0
                while piece := await _next(data):
                    arrived += len(piece)
                    if arrived > size_bytes:
                        raise RequestError(400, "the file is longer than its Content-Length")
                    await file.write(piece)
            if arrived < size_bytes:
                raise RequestError(400, "the file ended early")
            whole = True
        finally:
            if not whole:
                _remove(path)
        return path


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


async def _next(data: AsyncGenerator[bytes, None]) -> bytes:
    """Return the next piece; empty at the end."""
    with trio.move_on_after(CHUNK_S):
        async for piece in data:
            if piece:
                return piece
        return b""
    raise RequestError(408, "the file took too long")


def stored_name(name: str, now_s: float) -> str:
    """Return the name that a file is stored under: when, something random, and what is safe of its own.

    >>> stored_name("../../x y;$(rm).png", 0.0)[:16], stored_name("../../x y;$(rm).png", 0.0)[20:]
    ('19700101-000000-', '-x-y-rm-.png')
    """
    base = name.replace("\\", "/").rpartition("/")[2]
    plain = unicodedata.normalize("NFKD", base).encode("ascii", "ignore").decode()
    safe = _UNSAFE.sub("-", plain).lstrip(".-")
    stem, dot, ending = safe.rpartition(".")
    if dot and len(ending) <= 10:
        safe = f"{stem[: _NAME_CHARACTERS - 11]}.{ending}"
    return f"{_stamp(now_s)}-{secrets.token_hex(2)}-{safe[:_NAME_CHARACTERS] or 'file'}"


def _stamp(t_s: float) -> str:
    return datetime.fromtimestamp(t_s, UTC).strftime("%Y%m%d-%H%M%S")
