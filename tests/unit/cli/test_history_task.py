from types import SimpleNamespace

import attrs
import pytest

from oma.cli.cli_context import read_context
from oma.cli.history_task import write_history
from oma.cli.option_values import GlobalOptions
from oma.config.history_section import HistorySection


@pytest.fixture
def context(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return read_context(GlobalOptions(socket_path=str(tmp_path / "t")))


async def test_none_is_kept_where_none_is_asked_for(context, tmp_path):
    none = attrs.evolve(
        context, config=attrs.evolve(context.config, history=HistorySection(keep="0d"))
    )

    await write_history(none, SimpleNamespace())

    assert not (tmp_path / "oma").exists()


async def test_without_a_place_that_is_said(context, monkeypatch, capsys):
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.delenv("HOME")

    await write_history(context, SimpleNamespace())
    assert "no history" in capsys.readouterr().err
