import stat

import pytest

from oma.errors import OmaError
from oma.model.events import PlacementDecided
from oma.runtime.display.decision_log import KEPT, DecisionLog


def decided(number=1):
    return PlacementDecided("spawn", "@1", "$1", f"%{number}", "there is room")


def test_what_is_noted_is_read_by_another_process(tmp_path):
    path = tmp_path / "tile.jsonl"
    DecisionLog(path).note(decided(1), "oma-a")
    DecisionLog(path).note(decided(2), None)

    notes = DecisionLog(path).notes()

    assert [(note.agent, note.event) for note in notes] == [
        ("oma-a", decided(1)),
        (None, decided(2)),
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_the_latest_are_kept(tmp_path):
    log = DecisionLog(tmp_path / "tile.jsonl")
    for number in range(KEPT + 5):
        log.note(decided(number), None)

    assert [note.event.pane for note in log.notes()][:: KEPT - 1] == ["%5", f"%{KEPT + 4}"]


def test_nothing_is_known_where_nothing_was_noted(tmp_path):
    assert DecisionLog(tmp_path / "none.jsonl").notes() == ()


@pytest.mark.parametrize("text", ["{", "[]", '{"at": 1}', '{"event": {}}'])
def test_what_cannot_be_read_is_told_and_written_over(tmp_path, text):
    path = tmp_path / "tile.jsonl"
    path.write_text(f"{text}\n")
    with pytest.raises(OmaError, match="cannot read"):
        DecisionLog(path).notes()

    DecisionLog(path).note(decided(), "oma-a")

    assert len(DecisionLog(path).notes()) == 1


def test_a_place_that_cannot_be_written_costs_the_note_alone(tmp_path):
    DecisionLog(tmp_path / "none" / "tile.jsonl").note(decided(), "oma-a")
