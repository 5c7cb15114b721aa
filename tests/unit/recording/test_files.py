import gzip
import io
import os
import stat
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pytest

from oma.errors import RecordingError
from oma.model.events import MonitorStopped, PaneOutput, Record
from oma.recording import files
from oma.recording.files import RecordingFile, open_recording
from oma.recording.reader import TORN_LINE, TORN_STREAM
from oma.recording.recording_format import Header, encode_header, encode_record

HEAD = encode_header(Header(1, "2026-11-20T20:03:58.123456Z", None, "0.1.0", {}, {}))
LOG = (
    *(Record(n, n / 8, PaneOutput("%1", b"chunk %d\r\n" % n)) for n in range(1, 40)),
    Record(40, 6.0, MonitorStopped("interrupted")),
)
suffixes = pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
compressed = pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst"])
as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may do anything")


@contextmanager
def umask(mask):
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def write(path, log=LOG):
    with RecordingFile.create(path) as file:
        for line in (HEAD, *map(encode_record, log)):
            file.write(line)
            file.flush()


def read(path):
    with open_recording(path) as reader:
        return tuple(reader), reader.torn


@suffixes
def test_a_recording_survives_the_disk(tmp_path, suffix):
    path = tmp_path / f"r{suffix}"
    write(path)

    assert read(path) == (LOG, None)


def test_a_suffix_compresses(tmp_path):
    for suffix, magic in ((".gz", b"\x1f\x8b"), (".zst", b"\x28\xb5\x2f\xfd"), (".jsonl", b"{")):
        path = tmp_path / f"r{suffix}"
        write(path)

        assert path.read_bytes().startswith(magic)


@pytest.mark.parametrize("mask", [0, 0o777])
def test_only_its_owner_may_read_and_write_a_recording_whatever_the_umask(tmp_path, mask):
    path = tmp_path / "r.jsonl"
    with umask(mask):
        write(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_existing_file_is_refused_and_kept(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text("precious")

    with pytest.raises(RecordingError) as refusal:
        RecordingFile.create(path)

    assert str(refusal.value) == f"{path}: exists; choose another name"
    assert path.read_text() == "precious"


def test_a_name_that_is_taken_gets_a_number(tmp_path):
    (tmp_path / "r.jsonl.gz").write_text("precious")
    (tmp_path / "r-2.jsonl.gz").symlink_to(tmp_path / "elsewhere")

    for name in ("r-3.jsonl.gz", "r-4.jsonl.gz"):
        file, path = RecordingFile.create_numbered(tmp_path / "r.jsonl.gz")
        file.close()
        assert path == tmp_path / name

    assert (tmp_path / "r.jsonl.gz").read_text() == "precious"
    assert not (tmp_path / "elsewhere").exists()
    with pytest.raises(RecordingError, match="cannot write"):
        RecordingFile.create_numbered(tmp_path / "no" / "r.jsonl")


def test_a_link_is_not_followed(tmp_path):
    path = tmp_path / "r.jsonl"
    path.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(RecordingError, match="exists; choose another name"):
        RecordingFile.create(path)

    assert not (tmp_path / "elsewhere").exists()


def test_a_missing_directory_is_a_clear_error(tmp_path):
    path = tmp_path / "none" / "r.jsonl"

    with pytest.raises(RecordingError) as refusal:
        RecordingFile.create(path)

    assert str(refusal.value) == f"cannot write {path}: No such file or directory"


def test_a_file_in_the_place_of_the_directory_is_a_clear_error(tmp_path):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "r.jsonl"

    with pytest.raises(RecordingError) as refusal:
        RecordingFile.create(path)

    assert str(refusal.value) == f"cannot write {path}: Not a directory"


@as_root
def test_a_directory_without_write_permission_is_a_clear_error(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(RecordingError, match="Permission denied"):
        RecordingFile.create(tmp_path / "r.jsonl")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
@pytest.mark.parametrize("act", ["flush", "close"])
def test_a_full_disk_is_a_clear_error_reported_once(act):
    full = Path("/dev/full").open("wb")  # noqa: SIM115  # the recording closes it
    file = RecordingFile(full, "r.jsonl", owned=True, compression=None)
    file.write(HEAD)

    with pytest.raises(RecordingError) as refusal:
        getattr(file, act)()

    assert str(refusal.value) == "cannot write r.jsonl: No space left on device"
    file.close()


class FailingDisk(io.RawIOBase):
    """Fails at one call, as a disk may at any."""

    def __init__(self, at):
        self.at = at

    def writable(self):
        return True

    def write(self, data):
        return self._do("write", len(data))

    def flush(self):
        if not self.closed:
            self._do("flush", None)

    def close(self):
        failing = not self.closed and self.at == "close"
        super().close()
        if failing:
            raise OSError(5, "Input/output error")

    def _do(self, call, answer):
        if call == self.at:
            raise OSError(5, "Input/output error")
        return answer


@pytest.mark.parametrize("at", ["write", "flush", "close"])
def test_a_failure_of_the_disk_at_any_call_is_a_recording_error_and_closes_the_file(at):
    disk = FailingDisk(at)
    file = RecordingFile(disk, "r.jsonl", owned=True, compression=None)

    def record():
        file.write(HEAD)
        file.flush()
        file.close()

    with pytest.raises(RecordingError) as refusal:
        record()

    assert str(refusal.value) == "cannot write r.jsonl: Input/output error"
    assert disk.closed
    file.close()


def test_a_stream_of_the_caller_stays_open():
    stream = io.BytesIO()

    with RecordingFile.over(stream, "stdout") as file:
        file.write(HEAD)

    assert stream.getvalue() == HEAD


@suffixes
def test_what_was_flushed_can_be_read_while_the_file_is_still_open(tmp_path, suffix):
    path = tmp_path / f"r{suffix}"
    with RecordingFile.create(path) as file:
        file.write(HEAD)
        for record in LOG[:20]:
            file.write(encode_record(record))
        file.flush()
        file.write(encode_record(LOG[20]))

        assert read(path) == (LOG[:20], None if suffix == ".jsonl" else TORN_STREAM)


@suffixes
def test_a_file_cut_at_any_byte_gives_a_beginning_of_the_log(tmp_path, suffix):
    path = tmp_path / f"r{suffix}"
    write(path, LOG[:5])
    whole = path.read_bytes()
    counts = []
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        try:
            records, torn = read(path)
        except RecordingError:
            assert counts == [], size  # only a header that is not complete yet is refused
            continue
        counts.append(len(records))

        assert records == LOG[: len(records)]
        if suffix == ".jsonl":
            assert torn == (None if path.read_bytes().endswith(b"\n") else TORN_LINE), size
        else:
            assert torn in (TORN_STREAM, TORN_LINE), size

    assert counts == sorted(counts)
    assert {0, 1, 2, 3, 4} <= set(counts)


@compressed
def test_damage_in_the_middle_is_refused(tmp_path, suffix):
    path = tmp_path / f"r{suffix}"
    write(path)
    whole = bytearray(path.read_bytes())
    whole[200:400] = b"\xff" * 200
    path.write_bytes(whole)

    with pytest.raises(RecordingError, match=str(path)):
        read(path)


@pytest.mark.parametrize(
    ("name", "words"),
    [("none.jsonl", "No such file or directory"), (".", "Is a directory")],
)
def test_what_cannot_be_opened_is_a_clear_error(tmp_path, name, words):
    path = tmp_path / name

    with pytest.raises(RecordingError) as refusal:
        read(path)

    assert str(refusal.value) == f"cannot read {path}: {words}"


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="no /proc")
def test_a_file_that_cannot_be_read_is_a_clear_error(tmp_path):
    path = tmp_path / "r.jsonl"
    path.symlink_to("/proc/self/mem")  # opens, but its first page cannot be read

    with pytest.raises(RecordingError) as refusal:
        read(path)

    assert str(refusal.value) == f"cannot read {path}: Input/output error"


@as_root
def test_a_file_of_someone_else_is_a_clear_error(tmp_path):
    path = tmp_path / "r.jsonl"
    path.touch(mode=0)

    with pytest.raises(RecordingError, match="Permission denied"):
        read(path)


@suffixes
def test_an_empty_file_is_a_clear_error(tmp_path, suffix):
    path = tmp_path / f"r{suffix}"
    path.touch()

    with pytest.raises(RecordingError) as refusal:
        read(path)

    assert str(refusal.value) == f"{path}: empty: expected a recording"


@pytest.mark.parametrize("suffix", [".jsonl", ".gz"])
def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path, suffix, monkeypatch):
    monkeypatch.setattr(files, "MAX_LINE_BYTES", 1_000_000)
    path = tmp_path / f"r{suffix}"
    line = b'{"a":"' + b"x" * 3_000_000
    path.write_bytes(gzip.compress(line) if suffix == ".gz" else line)

    with pytest.raises(RecordingError, match="a line is longer than 1000000 bytes"):
        read(path)


def test_a_file_may_be_longer_than_its_longest_line_may_be(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_LINE_BYTES", 1000)
    monkeypatch.setattr(files, "_CHUNK_BYTES", 100)
    path = tmp_path / "r.jsonl"
    write(path)

    assert path.stat().st_size > 2000
    assert read(path) == (LOG, None)


def test_lines_longer_than_one_read_are_put_together(tmp_path):
    path = tmp_path / "r.jsonl"
    log = tuple(Record(n, 0.0, PaneOutput("%1", b"x" * 700_000)) for n in (1, 2, 3))
    write(path, log)

    assert read(path) == (log, None)


def test_a_failing_reader_closes_the_file(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_bytes(HEAD + b"[]\n")

    with pytest.raises(RecordingError, match=r"r\.jsonl:2: "):
        read(path)  # an open file would be a ResourceWarning, hence an error


def test_a_stream_of_the_caller_that_fails_is_a_recording_error_and_stays_open():
    disk = FailingDisk("write")
    file = RecordingFile.over(disk, "stdout")

    with pytest.raises(RecordingError, match=r"^cannot write stdout: Input/output error$"):
        file.write(HEAD)

    assert not disk.closed


def test_compressed_data_that_ends_early_at_the_end_of_a_line_leaves_an_empty_line():
    assert [*chain(*files._split_lines([b"a\nb\n", b""], "f"))] == [b"a\n", b"b\n", b""]
    assert [*chain(*files._split_lines([b"a\nb", b""], "f"))] == [b"a\n", b"b"]
    assert [*chain(*files._split_lines([b"a\nb"], "f"))] == [b"a\n", b"b"]
    assert [*chain(*files._split_lines([b"a\nb\n"], "f"))] == [b"a\n", b"b\n"]


@suffixes
@pytest.mark.parametrize("stream", [True, False])
def test_what_has_no_suffix_is_known_by_how_it_begins_and_read_as_it_comes(
    tmp_path, suffix, stream, monkeypatch
):
    path = tmp_path / f"r{suffix}"
    write(path)
    if not stream:
        plain = path.rename(tmp_path / "recording")
        assert (files.is_stream(plain), read(plain)) == (False, (LOG, None))
        return
    reading, writing = os.pipe()
    monkeypatch.setattr(os, "dup", lambda descriptor: {0: reading}[descriptor])
    data = path.read_bytes()
    middle = len(data) // 2
    os.write(writing, data[:middle])

    with open_recording(files.STDIN) as reader:
        batches = reader.batches()
        first = next(batches)
        os.write(writing, data[middle:])
        os.close(writing)
        assert (*first, *chain(*batches)) == LOG
        assert len(first) < len(LOG)


def test_what_is_read_as_it_is_written_is_known(tmp_path):
    fifo, file = tmp_path / "fifo", tmp_path / "file"
    os.mkfifo(fifo)
    file.touch()

    streams = [files.STDIN, fifo, Path("/dev/null"), file, tmp_path, tmp_path / "none"]
    assert list(map(files.is_stream, streams)) == [True, True, True, False, False, False]
