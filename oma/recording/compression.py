"""Compressed recordings, by the suffix of their name: `.gz` and `.zst`.

Both can be flushed at any byte and read up to the last flush, so that a recording survives the
end of the process that wrote it.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import attrs
import zstandard

from oma.errors import RecordingError

SLICE_BYTES = 1024
"""Compressed bytes to decompress at a time: a hostile slice of zstd unfolds to 32 MiB at most."""

_GZIP_WBITS = 31  # zlib: a gzip wrapper around the largest window
_ZSTD_LEVEL = 3  # the default of zstd


class Compressor(Protocol):
    """What zlib and zstandard have in common for writing."""

    def compress(self, data: bytes, /) -> bytes:
        """Take `data` and return what is ready to be written."""

    def flush(self, mode: int, /) -> bytes:
        """Return what makes everything taken so far readable."""


class Decompressor(Protocol):
    """What zlib and zstandard have in common for reading."""

    def decompress(self, data: bytes, /) -> bytes:
        """Take `data` and return what it unfolds to."""

    @property
    def eof(self) -> bool:
        """Whether the compressed data has ended by itself."""

    @property
    def unused_data(self) -> bytes:
        """What came after that end."""


@attrs.frozen
class Compression:
    """One way to compress."""

    name: str
    compressor: Callable[[], Compressor]
    decompressor: Callable[[], Decompressor]
    flush_mode: int
    finish_mode: int
    magic: bytes
    """What compressed data begins with."""

    def decompress(self, slices: Iterable[bytes], source: str) -> Iterator[bytes]:
        """Yield what `slices` unfold to, and an empty chunk at last if they end early.

        Compressed data that was put one behind the other reads as one.

        Raises:
            RecordingError: the data is damaged or compressed in another way; names `source`.
        """
        running: Decompressor | None = None
        for taken in slices:
            left = taken
            while left:
                running = self.decompressor() if running is None else running
                try:
                    chunk = running.decompress(left)
                except (zlib.error, zstandard.ZstdError) as failure:
                    message = f"{source}: damaged or not {self.name}: {failure}"
                    raise RecordingError(message) from None
                if chunk:
                    yield chunk
                left = b""
                if running.eof:
                    left = running.unused_data
                    running = None
        if running is not None:
            yield b""


GZIP = Compression(
    name="gzip",
    compressor=lambda: zlib.compressobj(wbits=_GZIP_WBITS),
    decompressor=lambda: zlib.decompressobj(wbits=_GZIP_WBITS),
    flush_mode=zlib.Z_SYNC_FLUSH,
    finish_mode=zlib.Z_FINISH,
    magic=b"\x1f\x8b",
)

ZSTD = Compression(
    name="zstd",
    compressor=lambda: zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj(),
    decompressor=lambda: zstandard.ZstdDecompressor().decompressobj(),
    flush_mode=zstandard.COMPRESSOBJ_FLUSH_BLOCK,
    finish_mode=zstandard.COMPRESSOBJ_FLUSH_FINISH,
    magic=b"\x28\xb5\x2f\xfd",
)


def pack(data: bytes) -> bytes:
    """Return data compressed with zstd."""
    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(data)


_WHOLE = zstandard.ZstdDecompressor()
"""Of one thread, which reads hundreds of pieces a second: to make one takes longer than to read a piece."""


def unpack(packed: bytes, most_bytes: int) -> bytes:
    """Return what `pack` took.

    Raises:
        RecordingError: It is damaged, or more than `most_bytes`.
    """
    try:
        if 0 < zstandard.frame_content_size(packed) <= most_bytes:
            return _WHOLE.decompress(packed, allow_extra_data=False)
    except zstandard.ZstdError:
        pass  # more than one piece, or damaged: who reads it in slices says so
    slices = (packed[at : at + SLICE_BYTES] for at in range(0, len(packed), SLICE_BYTES))
    found = bytearray()
    for chunk in ZSTD.decompress(slices, "a piece"):
        found += chunk
        if len(found) > most_bytes:
            raise RecordingError(f"a piece: more than {most_bytes} bytes")
    return bytes(found)


def compression_of(suffix: str) -> Compression | None:
    """Return what a file name that ends in `suffix` asks for; `None` is plain text."""
    match suffix:
        case ".gz":
            return GZIP
        case ".zst":
            return ZSTD
        case _:
            return None


def compression_at(data: bytes) -> Compression | None:
    """Return how data that begins with `data` is compressed; `None` is plain text."""
    return next((known for known in (GZIP, ZSTD) if data.startswith(known.magic)), None)
