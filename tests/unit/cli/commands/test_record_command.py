import pytest

from oma.cli.commands import record_command
from oma.cli.commands.record_command import RecordOptions, run
from oma.errors import RecordingError
from oma.model.events import MonitorStopped
from tests.support.recorded import records
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("record") == RecordOptions(duration=float("inf"))
    assert parsed(*["record", "-o", "f", "--duration", "2"]) == RecordOptions(
        output="f", duration=2.0
    )


def test_a_recording_lasts_as_long_as_it_is_told_to_and_is_complete(tmp_path, capsys):
    path = tmp_path / "f.jsonl"

    assert run(RecordOptions(output=str(path), duration=0.0)) == 0
    assert records(path)[-1].event == MonitorStopped("stopped")
    assert capsys.readouterr().err == f"oma: recording to {path} for 0 s\n"


def test_two_recordings_of_one_second_have_names_of_their_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(record_command, "recording_name", lambda: "oma-now.jsonl")

    for _ in range(2):
        assert run(RecordOptions(duration=0.0)) == 0

    made = {path.name for path in tmp_path.glob("oma-now*")}
    assert made == {"oma-now.jsonl", "oma-now-2.jsonl"}


def test_a_file_that_is_there_is_left_alone(tmp_path):
    (tmp_path / "f.jsonl").touch()

    with pytest.raises(RecordingError):
        run(RecordOptions(output=str(tmp_path / "f.jsonl")))


@pytest.mark.parametrize(("failed", "code"), [(False, 0), (True, 130)])
def test_an_interruption_is_how_a_recording_is_meant_to_end(
    tmp_path, monkeypatch, capsys, failed, code
):
    async def interrupted(watch):
        watch.interrupted, watch.failed = 2, failed
        watch.record.__exit__(None, None, None)
        return 130

    monkeypatch.setattr(record_command.Run, "run", interrupted)
    assert run(RecordOptions(output=str(tmp_path / "f.jsonl"))) == code
    assert "until interrupted" in capsys.readouterr().err
