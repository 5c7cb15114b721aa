from datetime import datetime
from pathlib import Path

from oma.config.profiles import packaged_profiles
from oma.detection.thresholds import Thresholds
from oma.model.events import Record
from oma.model.health import Health
from oma.recording.files import open_recording
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.summary.health_changes import read_changes

REAL = Path(__file__).parents[3] / "fixtures" / "recordings" / "real"


def test_a_log_that_is_taken_up_in_the_middle_begins_with_how_agents_stand():
    with open_recording(REAL / "claude332-main.jsonl.zst") as reader:
        fleet = Fleet(Rules(packaged_profiles(), Thresholds()))
        for record in reader:
            fleet.advance(record.t)
            fleet.fold(record)
            asks = [a for a in fleet.snapshot().agents if a.dialog is not None]
            if asks:
                break
    taken_up = [Record(n, 0.0, event) for n, event in enumerate(fleet.checkpoint(), start=1)]

    log = read_changes(
        reader.header.started_at, taken_up, Fleet(Rules(packaged_profiles(), Thresholds()))
    )
    [change] = log.changes
    assert (change.at, change.health, change.agent) == (log.began, Health.WAITING, asks[0].name)
    assert change.about == asks[0].dialog.asked


def test_a_recording_tells_when_which_agent_of_which_kind_asked_what():
    with open_recording(REAL / "claude332-main.jsonl.zst") as reader:
        fleet = Fleet(Rules(packaged_profiles(), Thresholds()))
        log = read_changes(reader.header.started_at, reader, fleet)
        began = datetime.fromisoformat(reader.header.started_at)

    assert log.began == began
    assert {each.kind for each in log.changes if each.health is Health.WAITING} == {"claude"}
    asked = [each.about for each in log.changes if each.reason == "permission"]
    assert asked[0].startswith("Do you want to proceed? [rm -rf build")
    moments = [each.at for each in log.changes]
    assert moments == sorted(moments)
    assert began <= moments[0] <= moments[-1] <= log.ended
