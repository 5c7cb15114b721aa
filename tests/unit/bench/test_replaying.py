"""A recording is made, decoded and folded."""

import sys

import pytest

from oma.bench.replaying import AGENTS, fold, main, make, read
from oma.recording.files import open_recording

ARRIVAL = 3 * AGENTS
"""Records of the agents that come first."""


@pytest.fixture
def recording(tmp_path):
    make(tmp_path / "f.jsonl", 250)
    return tmp_path / "f.jsonl"


def test_all_agents_repaint_in_turns(recording):
    with open_recording(recording) as reader:
        records = list(reader)

    assert [record.seq for record in records] == list(range(1, ARRIVAL + 251))
    panes = [record.event.pane for record in records[ARRIVAL:]]
    assert panes[:AGENTS] == panes[AGENTS : 2 * AGENTS]
    assert len(set(panes)) == AGENTS


def test_every_record_is_read_and_folded_with_screens_or_without(recording):
    assert read(recording) == ARRIVAL + 250
    assert fold(recording, screens=True) == fold(recording, screens=False) == ARRIVAL + 250


@pytest.mark.parametrize("verb", ["read", "lines", "screens"])
def test_records_and_processor_seconds_are_printed(recording, monkeypatch, capsys, verb):
    monkeypatch.setattr(sys, "argv", ["replaying", verb, str(recording)])

    main()
    records, cpu_s = capsys.readouterr().out.split()
    assert (int(records), float(cpu_s) > 0) == (ARRIVAL + 250, True)


def test_a_recording_is_made_as_the_command_line_says(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["replaying", "make", str(tmp_path / "g.jsonl"), "5"])

    main()
    assert read(tmp_path / "g.jsonl") == ARRIVAL + 5
