"""`oma report-wrong`."""

import json
import stat

import pytest

from oma.cli.commands import report_wrong_command
from oma.cli.commands.report_wrong_command import ReportWrongOptions, run
from oma.cli.commands.why_command import WhyOptions
from oma.cli.commands.why_command import run as why
from oma.cli.option_values import RuleOptions
from oma.config.profiles import packaged_profiles
from oma.errors import ConfigError, OmaError, RecordingError
from oma.scoring.truth import parse_truth
from tests.unit.cli.parsing import parsed
from tests.unit.cli.recordings import write
from tests.unit.cli.test_wrong_report import EVENTS

PROFILES = {each.name: each.definition for each in packaged_profiles()}


@pytest.fixture
def recording(tmp_path):
    return str(write(tmp_path / "day.jsonl", EVENTS, profiles=PROFILES))


def test_its_words_become_options():
    line = "report-wrong bob --was idle --output o --recording f --at 5 --profile p --profiles d"
    assert parsed(*line.split()) == ReportWrongOptions(
        agent="bob",
        was="idle",
        output="o",
        recording="f",
        at=5.0,
        rules=RuleOptions(profile="p", profiles="d"),
    )


def test_a_masked_recording_is_written_for_its_owner_alone_and_replays(
    recording, tmp_path, capsys
):
    made = tmp_path / "wrong.jsonl"

    assert run(ReportWrongOptions(agent="bob", recording=recording, output=str(made))) == 0
    told = capsys.readouterr().out
    assert why(WhyOptions(agent="reported", recording=str(made), json=True)) == 0
    again = json.loads(capsys.readouterr().out)

    assert "WAITING (permission): the same as here" in told
    assert (again["health"], again["rule"]) == ("waiting", "claude/permission")
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert not made.with_suffix(".json").exists()


def test_two_reports_of_one_second_have_names_of_their_own(recording, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(report_wrong_command, "recording_name", lambda: "oma-now.jsonl")

    for _ in range(2):
        assert run(ReportWrongOptions(agent="bob", recording=recording, was="idle")) == 0

    made = {path.name for path in tmp_path.glob("oma-now*")}
    assert made == {"oma-now.jsonl", "oma-now.json", "oma-now-2.jsonl", "oma-now-2.json"}


def test_what_it_was_is_a_truth_file_beside_it(recording, tmp_path, capsys):
    made = tmp_path / "wrong.jsonl.gz"
    options = {"agent": "bob", "recording": recording, "output": str(made)}

    assert run(ReportWrongOptions(**options, was="idle", at=501.0)) == 0

    truth = parse_truth((tmp_path / "wrong.json").read_bytes(), "wrong.json")
    assert [(i.start_s, i.end_s, str(i.health)) for i in truth.intervals] == [
        (500.0, 501.0, "idle")
    ]
    assert "IDLE, in " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changes", "kind", "words"),
    [
        ({"recording": None, "at": 1.0}, ConfigError, "--at needs --recording"),
        ({"recording": None}, OmaError, "bob"),
        ({"agent": "eve"}, OmaError, "eve"),
        ({"at": 900.0}, ConfigError, "the recording ends at 502 s"),
        ({"output": "day.jsonl"}, RecordingError, "exists"),
    ],
)
def test_what_cannot_be_reported_is_said(recording, tmp_path, monkeypatch, changes, kind, words):
    monkeypatch.chdir(tmp_path)
    options = {"agent": "bob", "recording": recording, "output": "new.jsonl"} | changes

    with pytest.raises((kind, ExceptionGroup)) as refused:
        run(ReportWrongOptions(**options))
    error = refused.value
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, kind)
    assert words in str(error)
    assert not (tmp_path / "new.jsonl").exists()


@pytest.mark.parametrize(
    ("said", "health"), [("working", "ok"), ("WAITING", "waiting"), ("ok", "ok")]
)
def test_what_it_was_may_be_said_in_the_words_of_truth_files(said, health):
    assert parsed(*f"report-wrong bob --was {said}".split()).was == health
