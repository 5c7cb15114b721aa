import json
from datetime import timedelta

import attrs

from oma.cli.cli_context import read_context
from oma.cli.commands import digest_command
from oma.cli.commands.digest_command import run
from oma.cli.option_values import SummaryOptions
from oma.cli.summary_logs import recorded_logs
from tests.unit.cli.parsing import parsed
from tests.unit.cli.recordings import write


def test_its_words_become_options():
    words = ["digest", "--since", "2h", "--recording", "a", "--recording", "b", "--json"]
    assert parsed(*words) == SummaryOptions(since=7200.0, recording=("a", "b"), json=True)
    assert parsed("digest") == SummaryOptions()


def test_a_recording_is_told_in_lines_and_for_machines(tmp_path, capsys):
    names = (str(write(tmp_path / "day.jsonl")),)

    assert run(SummaryOptions(recording=names)) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("(6m 40s): 1 agent: 1 worked, 1 finished")
    assert said[2].startswith("oma-agent-a  IDLE  generic  worked 1s  finished 12:00")
    run(SummaryOptions(recording=names, json=True, since=60.0))
    told = json.loads(capsys.readouterr().out)
    assert told["since"] == "2026-11-20T12:05:40.000+00:00"
    assert told["agents"] == []  # it rested


def test_last_is_since_a_user_last_looked_and_telling_is_a_look(tmp_path, monkeypatch, capsys):
    noted = []
    name = str(write(tmp_path / "day.jsonl"))
    log = recorded_logs(read_context(SummaryOptions()), [name])
    moment = log[0].began + timedelta(seconds=300)
    monkeypatch.setattr(digest_command, "summed_logs", lambda *_: log)
    monkeypatch.setattr(digest_command, "last_look", lambda context: moment)
    monkeypatch.setattr(digest_command, "note_look", lambda context: noted.append("looked"))

    run(attrs.evolve(parsed("digest", "--since", "last"), json=True))
    assert json.loads(capsys.readouterr().out)["since"] == "2026-11-20T12:05:00.000+00:00"
    run(parsed("digest", "--recording", name))
    assert noted == ["looked"]
