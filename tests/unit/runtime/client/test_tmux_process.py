import os
import signal

import pytest

from oma.errors import NoAnswerError, OmaError
from oma.runtime.client import tmux_process
from oma.runtime.client.tmux_process import answers, start_tmux
from tests.support.patience import look_until


def test_a_process_tells_what_it_printed_and_how_it_ended():
    told = start_tmux(["sh", "-c", "printf 'caf\\351'; echo no >&2; exit 3"]).answer()

    assert (told.status, told.output, told.text, told.complaint) == (
        3,
        b"caf\xe9",
        "caf\ufffd",
        "no",
    )


def test_a_server_that_hangs_is_waited_for_so_long(monkeypatch):
    monkeypatch.setattr(tmux_process, "PATIENCE_S", 0.0)

    with pytest.raises(NoAnswerError, match="it seems to hang"):
        start_tmux(["sleep", "86400"]).answer()


async def test_who_has_its_pipes_is_not_waited_for_and_no_other_process_is_left(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(tmux_process, "PATIENCE_S", 0.0)
    files = [tmp_path / name for name in "ab"]
    began = [start_tmux(["sh", "-c", f"sleep 86400 & echo $! > {file}; wait"]) for file in files]
    assert await look_until(lambda: all(file.exists() and file.read_text() for file in files))

    with pytest.raises(NoAnswerError):
        answers(began)

    assert all(each._process.poll() is not None for each in began)
    for file in files:
        os.kill(int(file.read_text()), signal.SIGKILL)


def test_where_there_is_no_tmux_that_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("OMA_TMUX", str(tmp_path / "none"))

    with pytest.raises(OmaError, match="no such program"):
        start_tmux(["tmux", "-V"])
