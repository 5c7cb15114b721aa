import os
import sys

from oma.bench import flooding
from oma.bench.flooding import END, LINE, main, write


def test_so_much_is_written_and_the_end_after_it(tmp_path, monkeypatch):
    path = tmp_path / "terminal"
    path.touch()
    monkeypatch.setattr(sys, "argv", ["flooding", str(path), "0.2"])

    main()
    data = path.read_bytes()
    lines = data.split(b"\r\n")
    assert 200_000 <= len(data) < 200_000 + 500 * len(LINE % 0) + len(END)
    assert (lines[0] + b"\r\n", lines[-1]) == (LINE % 0, END)
    assert int(lines[-2][:8]) == len(lines) - 2


def test_the_end_cannot_be_divided_and_is_in_no_line():
    assert len(END) == 1
    assert END not in LINE % 12345678


def test_a_terminal_that_takes_a_part_gets_the_rest(monkeypatch):
    taken = []

    def take(terminal, data):
        taken.append(data[:3])
        return 3

    monkeypatch.setattr(flooding.os, "write", take)
    write(os.open(os.devnull, os.O_WRONLY), b"12345678")
    assert b"".join(taken) == b"12345678"
