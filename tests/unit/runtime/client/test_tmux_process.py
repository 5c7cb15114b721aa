import pytest

from oma.errors import NoAnswerError, OmaError
from oma.runtime.client import tmux_process
from oma.runtime.client.tmux_process import start_tmux


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


def test_where_there_is_no_tmux_that_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("OMA_TMUX", str(tmp_path / "none"))

    with pytest.raises(OmaError, match="no such program"):
        start_tmux(["tmux", "-V"])
