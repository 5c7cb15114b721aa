"""`oma convert`."""

import json

import pytest

from oma.cli.commands.convert_command import ConvertOptions, run
from oma.errors import ConfigError, OmaError
from tests.unit.cli.parsing import parsed
from tests.unit.cli.recordings import TRANSCRIPT, write


def test_its_words_become_options():
    assert parsed("convert", "a.ctl", "b") == ConvertOptions(input="a.ctl", output="b")
    assert parsed(*["convert", "a", "--agent", "bob", "b", "--asciicast", "3"]) == ConvertOptions(
        input="a", output="b", agent="bob", asciicast=3
    )


def test_a_transcript_becomes_a_recording(tmp_path):
    path = tmp_path / "out.jsonl"

    assert run(ConvertOptions(input=str(TRANSCRIPT), output=str(path))) == 0
    first, *_, last = map(json.loads, path.read_text("utf-8").splitlines())
    assert "aider" in first["profiles"]
    assert last["type"] == "monitor-stopped"


@pytest.mark.parametrize("name", ["a", "oma-agent-a"])
def test_a_recording_becomes_an_asciicast_of_one_agent(tmp_path, name):
    recording, path = write(tmp_path / "in.jsonl"), tmp_path / "out.cast"

    run(ConvertOptions(input=str(recording), output=str(path), agent=name))
    header, *events = map(json.loads, path.read_text("utf-8").splitlines())
    assert (header["version"], header["width"]) == (2, 80)
    assert events


def test_a_recording_needs_an_agent_and_nothing_is_written_for_one_that_is_not_there(tmp_path):
    recording, path = write(tmp_path / "in.jsonl"), tmp_path / "out.cast"

    with pytest.raises(ConfigError, match="--agent for an asciicast"):
        run(ConvertOptions(input=str(recording), output=str(path)))
    with pytest.raises(OmaError, match="nobody"):
        run(ConvertOptions(input=str(recording), output=str(path), agent="nobody"))
    assert not path.exists()
