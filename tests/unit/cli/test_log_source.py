"""A log is read from a recording or from a transcript."""

import pytest

from oma.cli.log_source import open_source, read_bytes
from oma.config.profiles import packaged_profiles
from oma.config.schema import Config
from oma.errors import RecordingError
from tests.unit.cli.recordings import EVENTS, TRANSCRIPT, write


def test_a_recording_is_read_and_its_torn_end_is_said(tmp_path, capsys):
    path = write(tmp_path / "a.jsonl")
    path.write_bytes(path.read_bytes()[:-5])

    with open_source(path, Config(), ()) as source:
        records = list(source.records)

    assert [record.t for record in records] == [t for t, _ in EVENTS[:-1]]
    assert source.header.oma == "0.0.1"
    assert capsys.readouterr().err.startswith(f"oma: {path}: ")


def test_a_transcript_carries_the_rules_of_now():
    profiles = tuple(packaged_profiles())

    with open_source(TRANSCRIPT, Config(), profiles) as source:
        assert set(source.header.profiles) == {profile.name for profile in profiles}
        assert next(iter(source.records)).seq == 1


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(RecordingError, match=r"cannot read .*none: No such file"):
        read_bytes(tmp_path / "none")
