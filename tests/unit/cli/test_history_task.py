from types import SimpleNamespace

import attrs
import pytest

from oma.cli.cli_context import read_context
from oma.cli.history_task import history_of, write_history
from oma.cli.option_values import GlobalOptions
from oma.config.history_section import HistorySection
from oma.errors import OmaError


@pytest.fixture
def context(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return read_context(GlobalOptions(socket_path=str(tmp_path / "t")))


def test_it_is_below_the_state_directory(context, tmp_path):
    directory = history_of(context)

    assert directory.path == tmp_path / "oma" / "history"
    assert len(directory.server) == 16


async def test_none_is_kept_where_none_is_asked_for(context, tmp_path):
    none = attrs.evolve(
        context, config=attrs.evolve(context.config, history=HistorySection(keep="0d"))
    )

    await write_history(none, SimpleNamespace())

    assert not (tmp_path / "oma").exists()


async def test_without_a_place_that_is_said(context, monkeypatch, capsys):
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.delenv("HOME")

    with pytest.raises(OmaError, match="neither XDG_STATE_HOME nor HOME"):
        history_of(context)
    await write_history(context, SimpleNamespace())
    assert "no history" in capsys.readouterr().err
