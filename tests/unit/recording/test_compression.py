import gzip

import pytest
import zstandard

from oma.errors import RecordingError
from oma.recording.compression import GZIP, ZSTD, compression_of, pack, unpack

TEXT = b"".join(b"line %d\n" % n for n in range(2000))

both = pytest.mark.parametrize("compression", [GZIP, ZSTD], ids=["gzip", "zstd"])


def compress(compression, *parts):
    compressor = compression.compressor()
    flushed = [
        compressor.compress(part) + compressor.flush(compression.flush_mode) for part in parts
    ]
    return b"".join(flushed), compressor.flush(compression.finish_mode)


def slices(data, size=7):
    return [data[at : at + size] for at in range(0, len(data), size)]


def test_suffixes_choose_the_compression():
    assert compression_of(".gz") is GZIP
    assert compression_of(".zst") is ZSTD
    assert compression_of(".jsonl") is None


@both
def test_data_survives(compression):
    flushed, end = compress(compression, TEXT)

    chunks = list(compression.decompress(slices(flushed + end), "f"))

    assert b"".join(chunks) == TEXT
    assert all(chunks)


@both
def test_everything_up_to_a_flush_can_be_read_without_the_end(compression):
    flushed, _ = compress(compression, b"one\n", b"two\n")

    *chunks, last = compression.decompress(slices(flushed), "f")

    assert b"".join(chunks) == b"one\ntwo\n"
    assert last == b""


@both
def test_data_cut_at_any_byte_gives_a_beginning_and_says_that_it_is_cut(compression):
    flushed, end = compress(compression, b"one\n", b"two\n")
    whole = flushed + end
    for size in range(1, len(whole)):
        *chunks, last = compression.decompress(slices(whole[:size]), "f")

        assert b"one\ntwo\n".startswith(b"".join(chunks)), size
        assert last == b"", size


@both
def test_two_compressed_files_in_a_row_read_as_one(compression):
    one, two = (b"".join(compress(compression, part)) for part in (b"one\n", b"two\n"))

    assert b"".join(compression.decompress(slices(one + two), "f")) == b"one\ntwo\n"


@both
def test_other_data_is_refused(compression):
    with pytest.raises(RecordingError, match=f"^f: damaged or not {compression.name}: "):
        list(compression.decompress([b"plain text, not compressed"], "f"))


def test_damage_that_gzip_finds_at_the_end_is_refused():
    whole = bytearray(gzip.compress(TEXT))
    whole[-6] ^= 1  # the checksum

    with pytest.raises(RecordingError, match=r"^f: damaged or not gzip: .*data check"):
        list(GZIP.decompress([bytes(whole)], "f"))


def test_the_usual_tools_read_what_is_written():
    assert gzip.decompress(b"".join(compress(GZIP, TEXT))) == TEXT
    written = b"".join(compress(ZSTD, TEXT))
    assert zstandard.ZstdDecompressor().decompressobj().decompress(written) == TEXT


def test_what_is_packed_comes_back_up_to_a_bound():
    data = b"x" * 100_000
    assert unpack(pack(data), 100_000) == data
    assert unpack(pack(b"one") + pack(b"two"), 100) == b"onetwo"
    with pytest.raises(RecordingError, match="more than"):
        unpack(pack(data), 99_999)
    for damaged in (b"nonsense", pack(data)[:-3] + b"xyz"):
        with pytest.raises(RecordingError):
            unpack(damaged, 100_000)
