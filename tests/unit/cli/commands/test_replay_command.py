"""`oma replay`, as lines."""

import json

import pytest

from oma.cli.commands.replay_command import ReplayOptions, run
from oma.cli.option_values import RuleOptions
from oma.errors import RecordingError
from tests.unit.cli.parsing import parsed
from tests.unit.cli.recordings import write


def test_its_words_become_options():
    assert parsed("replay", "f") == ReplayOptions(file="f")
    found = parsed(
        *[
            "replay",
            "--from",
            "5",
            "f",
            "--speed",
            "2",
            "--profile",
            "p",
            "--profiles",
            "d",
            "--config",
            "c",
            "--json",
        ]
    )
    assert found == ReplayOptions(
        config="c",
        file="f",
        json=True,
        speed=2.0,
        start_s=5.0,
        rules=RuleOptions(config="c", profile="p", profiles="d"),
    )


def lines(capsys, path, **options):
    assert run(ReplayOptions(file=str(path), **options)) == 0
    return capsys.readouterr().out.splitlines()


def test_every_transition_is_a_line_from_the_second_that_is_asked_for(tmp_path, capsys):
    path = write(tmp_path / "f.jsonl")
    told = [json.loads(line) for line in lines(capsys, path, json=True)]
    later = [json.loads(line) for line in lines(capsys, path, json=True, start_s=told[1]["t"])]

    assert [each["t"] for each in told] == sorted(each["t"] for each in told)
    assert later == told[1:]
    assert len(lines(capsys, path)) == len(told)


def test_other_rules_are_named(tmp_path, capsys):
    path = write(tmp_path / "f.jsonl")

    run(ReplayOptions(file=str(path), rules=RuleOptions(profile="generic")))
    assert "judged by every agent as generic" in capsys.readouterr().err


def test_a_torn_end_is_said_and_what_is_no_recording_is_refused(tmp_path, capsys):
    path = write(tmp_path / "f.jsonl")
    path.write_bytes(path.read_bytes()[:-5])
    run(ReplayOptions(file=str(path)))
    assert capsys.readouterr().err.startswith(f"oma: {path}: ")

    path.write_text("no recording\n")
    with pytest.raises(RecordingError):
        run(ReplayOptions(file=str(path)))
