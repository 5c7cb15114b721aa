import pytest

from oma.cli.cli_context import read_context
from oma.cli.history_place import history_of
from oma.cli.option_values import GlobalOptions
from oma.errors import OmaError


def test_a_history_is_below_the_state_directory_where_one_is_known(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    context = read_context(GlobalOptions(socket_path=str(tmp_path / "t")))
    directory = history_of(context)
    assert directory.path == tmp_path / "oma" / "history"
    assert len(directory.server) == 16

    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.delenv("HOME")
    with pytest.raises(OmaError, match="neither XDG_STATE_HOME nor HOME"):
        history_of(context)
