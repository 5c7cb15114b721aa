"""What of a log has yet to be published, and what was published lately: files, which outlive this process.

An engine that comes back empty, or without the last it had taken, gets again what it lacks. Of what nobody
takes the oldest goes when there is too much.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.recording.published_log import PublishedEntry

MOST_BYTES = 256 << 20
KEPT_BYTES = 8 << 20
"""Of what was published: as much the engine has, too."""

_SUFFIX = ".entry"


@attrs.frozen(order=True)
class Stored:
    """An entry that is a file."""

    boot: int
    last: int
    first: int
    size_bytes: int

    @property
    def place(self) -> tuple[int, int]:
        """Orders the entries."""
        return self.boot, self.last

    @property
    def name(self) -> str:
        """Of the file."""
        return f"{self.boot}-{self.first}-{self.last}{_SUFFIX}"


@attrs.define
class LogOutbox:
    """The entries in a directory; `open` makes one.

    Args:
        path: Of the directory.
        most_bytes: Of all entries.
        kept_bytes: Of those that were published.
    """

    path: Path
    most_bytes: int = MOST_BYTES
    kept_bytes: int = KEPT_BYTES
    _entries: list[Stored] = attrs.Factory(list)
    _published: tuple[int, int] = (0, 0)
    """The place of the newest that is on the engine."""

    def open(self) -> int:
        """Find what an earlier run left; return the newest `boot` of it, or 0.

        Raises:
            OmaError: The directory cannot be made or read.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.scandir(self.path) as found:
                sizes = {each.name: each.stat(follow_symlinks=False).st_size for each in found}
        except OSError as failure:
            raise OmaError(f"cannot use {self.path}: {failure.strerror}") from None
        parsed = (_stored(name, size) for name, size in sizes.items())
        self._entries = sorted(filter(None, parsed))
        return max((each.boot for each in self._entries), default=0)

    @property
    def oldest(self) -> tuple[int, int] | None:
        """The place of the oldest entry that is kept."""
        return self._entries[0].place if self._entries else None

    def add(self, entry: PublishedEntry) -> int:
        """Keep an entry; return how many records had to go for it that nobody has taken.

        Raises:
            OmaError: The disk does not take it.
        """
        begin = entry.begin or b""
        head = {"began_s": entry.began_s, "begin": None if entry.begin is None else len(begin)}
        data = json.dumps(head).encode() + b"\n" + begin + entry.records
        stored = Stored(entry.boot, entry.last, entry.first, len(data))
        file = self.path / stored.name
        try:
            part = file.with_suffix(".part")
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
            part.rename(file)
        except OSError as failure:
            raise OmaError(f"cannot write {file}: {failure.strerror}") from None
        self._entries.append(stored)
        return self._prune()

    def resume(self, last: tuple[int, int] | None) -> None:
        """Take the place of the newest entry that the engine has."""
        self._published = last or (0, 0)

    def published(self, place: tuple[int, int]) -> None:
        """Take it that an entry is on the engine."""
        self._published = place
        self._prune()

    def waiting(self) -> Iterator[PublishedEntry]:
        """Give each entry that is not on the engine, the oldest first.

        Raises:
            OmaError: One cannot be read.
        """
        while True:
            found = next((each for each in self._entries if each.place > self._published), None)
            if found is None:
                return
            yield self._read(found)

    def _read(self, stored: Stored) -> PublishedEntry:
        file = self.path / stored.name
        try:
            head, _, data = file.read_bytes().partition(b"\n")
            told = json.loads(head)
            length = told["begin"]
            begin = None if length is None else data[:length]
            return PublishedEntry(
                stored.boot, stored.first, stored.last, data[length or 0 :], begin, told["began_s"]
            )
        except OSError as failure:
            raise OmaError(f"cannot read {file}: {failure.strerror}") from None
        except (ValueError, KeyError, TypeError):
            raise OmaError(f"{file} is damaged: remove it") from None

    def _prune(self) -> int:
        done = sum(e.size_bytes for e in self._entries if e.place <= self._published)
        total = sum(e.size_bytes for e in self._entries)
        lost = 0
        while len(self._entries) > 1:
            oldest = self._entries[0]
            is_published = oldest.place <= self._published
            if total <= self.most_bytes and not (is_published and done > self.kept_bytes):
                break
            del self._entries[0]
            (self.path / oldest.name).unlink(missing_ok=True)
            total -= oldest.size_bytes
            done -= oldest.size_bytes if is_published else 0
            lost += 0 if is_published else oldest.last - oldest.first + 1
        return lost


def _stored(name: str, size_bytes: int) -> Stored | None:
    parts = name.removesuffix(_SUFFIX).split("-")
    if not name.endswith(_SUFFIX) or len(parts) != 3 or not all(map(str.isdecimal, parts)):
        return None
    boot, first, last = map(int, parts)
    return Stored(boot, last, first, size_bytes)
