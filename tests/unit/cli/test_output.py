"""Results that nobody takes, and defects of ours."""

import errno
import io
import os
import sys
from contextlib import suppress

import pytest

from oma.cli.output import (
    GuardedOutput,
    guard_stdout,
    let_go_of_stdout,
    open_closed_streams,
    tell_defect,
)
from oma.errors import OutputError


class Full(io.RawIOBase):
    def __init__(self, number):
        self.number = number

    def writable(self):
        return True

    def write(self, data):
        raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, OutputError), (errno.EPIPE, BrokenPipeError)]
)
def test_a_full_disk_is_one_line_and_a_reader_that_left_is_none(number, error):
    through = GuardedOutput(io.BufferedWriter(Full(number)), "utf-8", write_through=True)
    kept = GuardedOutput(io.BufferedWriter(Full(number)), "utf-8")
    kept.write("x")

    with pytest.raises(error):
        kept.flush()
    with pytest.raises(error):
        through.write("x" * 100_000)
    for stream in (kept, through):  # they try once more what was not written
        with suppress(OSError, OutputError):
            stream.close()


def test_standard_output_is_guarded(monkeypatch):
    reading, writing = os.pipe()
    with open(writing, "w", encoding="ascii") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        guard_stdout()
        sys.stdout.write("é")
        sys.stdout.flush()
        assert isinstance(sys.stdout, GuardedOutput)
        sys.stdout.close()
    assert os.read(reading, 9) == b"?"
    os.close(reading)


def test_a_closed_stream_gives_nothing_and_takes_everything(monkeypatch):
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    open_closed_streams()

    with sys.stdin, sys.stdout, sys.stderr:
        assert sys.stdin.buffer.read() == b""
        assert sys.stdout.write("x") == sys.stderr.write("x") == 1


def test_what_is_unwritten_is_dropped(monkeypatch):
    reading, writing = os.pipe()
    with open(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        stream.write("unwritten")
        let_go_of_stdout()
    assert os.read(reading, 9) == b""
    os.close(reading)


def test_a_defect_is_told_with_its_cause_last_and_nothing_raw(capsys):
    error = ExceptionGroup("two", [ValueError("\x1b]0;evil\x07")])

    tell_defect(type(error), error, None)

    told = capsys.readouterr().err
    assert told.splitlines()[-1].startswith("oma: this is a defect of oma, told above: ValueError")
    assert "\x1b" not in told
