"""Decisions about panes as lines of output."""

import json
from datetime import datetime

import attrs

from oma.cli.placements import decision_fields, decision_text, placement_json, placement_text
from oma.model.events import PlacementDecided, Record
from oma.model.ids import PaneId, SessionId, WindowId

BEGAN = datetime(2026, 11, 20, 12, 0, 0).astimezone()
SPAWN = PlacementDecided("spawn", WindowId("@1"), SessionId("$3"), PaneId("%9"), "there is room")
RECORD = Record(5, 61.0, SPAWN)


def test_a_line_names_the_agent_or_its_session_or_the_window():
    settle = PlacementDecided("settle", WindowId("@1"), None, None, "arranged\x1b[m")

    assert placement_text(RECORD, SPAWN, "bob", BEGAN.isoformat()) == (
        "12:01:01  bob                   spawn              %9: there is room"
    )
    assert "  $3 " in decision_text(BEGAN, SPAWN, None)
    in_pane = attrs.evolve(SPAWN, session=None, agent=PaneId("%3"))
    assert "  %3 " in decision_text(BEGAN, in_pane, None)
    line = decision_text(BEGAN, settle, None)
    assert line.split()[:3] == ["12:00:00", "@1", "settle"]
    assert "\x1b" not in line


def test_json_says_when_and_has_all_fields():
    told = json.loads(placement_json(RECORD, SPAWN, "bob"))

    assert told == {"t": 61.0, "seq": 5, **decision_fields(SPAWN, "bob")}
    assert (told["agent"], told["id"]) == ("bob", "$3")
    assert told["pane"] == "%9"
