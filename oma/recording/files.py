"""Recordings as files, plain or compressed by suffix: the one place that opens them.

A recording is never overwritten, and only its owner may read it: it holds whatever the agents
printed.

    with open_recording(Path("day.jsonl.zst")) as records:
        for record in records: ...
"""

import io
import os
import select
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO, NoReturn, Self

from oma.errors import RecordingError
from oma.recording.compression import SLICE_BYTES, Compression, compression_at, compression_of
from oma.recording.reader import RecordingReader

STDIN = Path("-")
"""Names standard input in place of a file."""

MAX_LINE_BYTES = 64 * 1024 * 1024
"""A longer line is refused: far beyond any capture, and memory stays bounded."""

_CHUNK_BYTES = 256 * 1024
"""Read at a time: few calls, little memory."""


class RecordingFile:
    """A recording that is being written; `create` and `over` make one.

    A reader that went away is no error of a recording: it stays a `BrokenPipeError`.
    Once a write has failed, the recording is over: `close` does no more then.
    """

    def __init__(
        self, stream: BinaryIO, name: str, *, owned: bool, compression: Compression | None
    ) -> None:
        self._stream = stream
        self._name = name
        self._owned = owned
        self._compressor = None if compression is None else compression.compressor()
        self._flush_mode = 0 if compression is None else compression.flush_mode
        self._finish_mode = 0 if compression is None else compression.finish_mode
        self._over = False

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new file that its owner alone can read and write, whatever the umask.

        Raises:
            RecordingError: something with that name exists, or the file cannot be made.
        """
        try:
            return cls._make(path)
        except FileExistsError:
            raise RecordingError(f"{path}: exists; choose another name") from None

    @classmethod
    def create_numbered(cls, path: Path) -> tuple[Self, Path]:
        """Make a new file as `create` does, and return its path: `day-2.jsonl` where `day.jsonl` exists.

        Raises:
            RecordingError: the file cannot be made.
        """
        name, dot, suffixes = path.name.partition(".")
        tried = path
        for number in count(2):
            try:
                return cls._make(tried), tried
            except FileExistsError:
                tried = path.with_name(f"{name}-{number}{dot}{suffixes}")
        raise AssertionError  # the count has no end

    @classmethod
    def _make(cls, path: Path) -> Self:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            descriptor = os.open(path, flags, 0o600)
        except FileExistsError:
            raise
        except OSError as failure:
            _cannot("write", str(path), failure)
        stream = os.fdopen(descriptor, "wb")
        file = cls(stream, str(path), owned=True, compression=compression_of(path.suffix))
        file._try(partial(os.fchmod, descriptor, 0o600))  # a umask may take the owner's own bits
        return file

    @classmethod
    def over(cls, stream: BinaryIO, name: str) -> Self:
        """Write uncompressed to a stream that stays the caller's: `close` only flushes it."""
        return cls(stream, name, owned=False, compression=None)

    def write(self, data: bytes) -> None:
        """Take `data`; it is in the file after the next `flush` or `close`.

        Raises:
            RecordingError: the disk is full, say; the text names the file and the cause.
        """
        self._put(data if self._compressor is None else self._compressor.compress(data))

    def flush(self) -> None:
        """Hand everything so far to the system: it can be read even if `oma` is killed now.

        Raises:
            RecordingError: as for `write`.
        """
        if self._compressor is not None:
            self._put(self._compressor.flush(self._flush_mode))
        self._try(self._stream.flush)

    def close(self) -> None:
        """End the compressed data and the file. A second call does nothing.

        Raises:
            RecordingError: as for `write`, unless an earlier call raised it; the file is closed
                in any case.
        """
        if self._over:
            return
        if self._compressor is not None:
            self._put(self._compressor.flush(self._finish_mode))
        self._try(self._stream.flush)
        if self._owned:
            self._try(self._stream.close)
        self._over = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _put(self, data: bytes) -> None:
        self._try(partial(self._stream.write, data))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except BrokenPipeError:
            self._over = True
            raise
        except OSError as failure:
            self._over = True
            if self._owned:
                with suppress(OSError):  # the first failure is the one to report
                    self._stream.close()
            _cannot("write", self._name, failure)


def is_stream(path: Path) -> bool:
    """Say whether `path` is read as it is written: standard input, a pipe, a socket, a terminal."""
    if path == STDIN:
        return True
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # whoever opens it says why
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISCHR(mode)


@contextmanager
def open_recording(path: Path, sink: int | None = None) -> Iterator[RecordingReader]:
    """Open `path` for one pass over its records; the file is closed at the end of the block.

    The header of a stream is waited for. What has no suffix is decompressed if it begins as compressed
    data does.

    Args:
        path: Which recording.
        sink: Where what is made of it goes: while a stream has nothing to say, the end of a pipe is noticed
            there.

    Raises:
        BrokenPipeError: Nobody reads the sink any more; by the reader.
        RecordingError: the file is missing, unreadable, a directory, or no recording. The reader
            raises it too, when what it comes to is damaged.
    """
    name = "stdin" if path == STDIN else str(path)
    try:
        # Unbuffered: what a stream has is taken at once, and a read that waits for more holds no lock.
        file = io.FileIO(os.dup(0) if path == STDIN else os.fspath(path))
    except OSError as failure:
        _cannot("read", name, failure)
    with file:
        yield RecordingReader(_split_lines(_chunks(file, path, name, sink), name), name)


def _chunks(file: io.FileIO, path: Path, name: str, sink: int | None) -> Iterator[bytes]:
    chunks = _read(file, name) if sink is None else _read_for(file, name, sink)
    compression = compression_of(path.suffix)
    if not path.suffix:
        first = next(chunks, b"")
        compression = compression_at(first)
        chunks = chain((first,), chunks) if first else chunks
    if compression is None:
        return chunks
    slices = (
        chunk[at : at + SLICE_BYTES]
        for chunk in chunks
        for at in range(0, len(chunk), SLICE_BYTES)
    )
    return compression.decompress(slices, name)


def _read(file: io.FileIO, name: str) -> Iterator[bytes]:
    try:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
    except OSError as failure:
        _cannot("read", name, failure)


def _read_for(file: io.FileIO, name: str, sink: int) -> Iterator[bytes]:
    waiting = select.poll()
    waiting.register(file, select.POLLIN)
    waiting.register(sink, 0)  # an error is told of unasked
    chunks = _read(file, name)
    while True:
        if any(found == sink and what & select.POLLERR for found, what in waiting.poll()):
            raise BrokenPipeError
        chunk = next(chunks, b"")
        if not chunk:
            return
        yield chunk


def _split_lines(chunks: Iterable[bytes], name: str) -> Iterator[list[bytes]]:
    """Yield the lines that each chunk completes, with their newlines, then what is left.

    An empty chunk is left as an empty line.
    """
    parts: list[bytes] = []
    size_bytes = 0
    for chunk in chunks:
        if not chunk:  # compressed data ends early
            yield [b"".join(parts)]
            return
        parts.append(chunk)
        size_bytes += len(chunk)
        if b"\n" in chunk:
            *lines, rest = _lines(b"".join(parts))
            yield lines
            parts = [rest] if rest else []
            size_bytes = len(rest)
        if size_bytes > MAX_LINE_BYTES:
            message = f"{name}: a line is longer than {MAX_LINE_BYTES} bytes: not a recording"
            raise RecordingError(message)
    if parts:
        yield [b"".join(parts)]


def _lines(data: bytes) -> list[bytes]:
    """Return the lines of `data`, then what follows the last newline, which may be empty."""
    lines = io.BytesIO(data).readlines()
    if lines[-1].endswith(b"\n"):
        lines.append(b"")
    return lines


def _cannot(verb: str, name: str, failure: OSError) -> NoReturn:
    raise RecordingError(f"cannot {verb} {name}: {failure.strerror}") from None
