import json

import pytest

from oma.cli import stats_extra
from oma.cli.commands.stats_command import StatsOptions, run
from oma.errors import ConfigError, OmaError
from tests.unit.cli.parsing import parsed
from tests.unit.cli.recordings import write


@pytest.fixture
def names(tmp_path):
    return (str(write(tmp_path / "day.jsonl")),)


def test_its_words_become_options():
    words = ["stats", "--since", "7d", "--recording", "a", "--html", "f"]
    assert parsed(*words) == StatsOptions(since=604_800.0, recording=("a",), html="f")


def test_a_recording_is_told_as_a_table_and_for_machines(names, capsys):
    assert run(StatsOptions(recording=names)) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.startswith("DAY")
    assert row.split()[1:4] == ["oma-agent-a", "generic", "1s"]
    run(StatsOptions(recording=names, json=True))
    [day] = json.loads(capsys.readouterr().out)
    assert (day["agent"], day["seconds"]["ok"]) == ("oma-agent-a", 1.0)


def test_a_page_is_written_and_a_place_that_takes_none_is_said(names, tmp_path):
    run(StatsOptions(recording=names, html=str(tmp_path / "page.html")))
    assert "oma-agent-a" in (tmp_path / "page.html").read_text()
    with pytest.raises(OmaError, match=r"cannot write .*: Is a directory"):
        run(StatsOptions(recording=names, html=str(tmp_path)))


def test_without_the_extra_it_is_said_what_to_install(names, monkeypatch):
    monkeypatch.setattr(stats_extra.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(ConfigError, match=r"install 'oma-tmux\[stats\]'"):
        run(StatsOptions(recording=names, html="page.html"))
