import json

import pytest

from oma.cli.cli_context import read_context
from oma.cli.commands.history_command import HistoryOptions, run
from oma.cli.history_place import history_of
from oma.errors import OmaError
from tests.unit.cli.parsing import parsed


@pytest.fixture
def options(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return HistoryOptions(socket_path=str(tmp_path / "t"))


def test_its_words_become_options():
    assert parsed("history", "--last") == HistoryOptions(last=True)


def test_where_none_is_kept_that_is_said(options, capsys):
    with pytest.raises(OmaError, match="'oma serve' keeps it"):
        run(options)


def test_the_recordings_are_listed_the_oldest_first(options, capsys):
    directory = history_of(read_context(options))
    paths = [directory.new(1_800_000_000.0 + n) for n in range(2)]
    for path in paths:
        path.write_bytes(b"123")

    assert run(options) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-2:] for line in lines] == [["3", str(path)] for path in paths]

    run(HistoryOptions(socket_path=options.socket_path, last=True))
    assert capsys.readouterr().out == f"{paths[1]}\n"

    run(HistoryOptions(socket_path=options.socket_path, json=True))
    assert [row["bytes"] for row in json.loads(capsys.readouterr().out)] == [3, 3]
