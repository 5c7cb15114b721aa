import os
from datetime import UTC, datetime, timedelta

import pytest

from oma.cli.cli_context import read_context
from oma.cli.last_look import last_look, note_look
from oma.cli.option_values import GlobalOptions


@pytest.fixture
def context(monkeypatch, tmp_path):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "state" / "oma" / "history").mkdir(parents=True)
    return read_context(GlobalOptions(socket_path=str(tmp_path / "tmux")))


def test_it_is_known_once_it_was_noted(context, tmp_path):
    assert last_look(context) is None
    note_look(context)
    assert abs(last_look(context) - datetime.now(UTC)) < timedelta(minutes=10)
    [file] = (tmp_path / "state").rglob("*.looked")
    os.utime(file, (1000, 1000))
    note_look(context)
    assert last_look(context).year > 1970
    assert file.stat().st_mode & 0o777 == 0o600


def test_each_tmux_server_has_its_own(context, tmp_path):
    note_look(context)

    assert last_look(read_context(GlobalOptions(socket_path=str(tmp_path / "other")))) is None


def test_where_no_history_is_kept_nothing_is_noted(context, tmp_path):
    (tmp_path / "state" / "oma" / "history").rmdir()

    note_look(context)
    assert last_look(context) is None
