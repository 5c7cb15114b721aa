"""The file of the agents holds what was kept, and nothing of another form is believed."""

import json

import pytest

from oma.errors import OmaError
from oma.files.locked_file import LockedFile
from oma.model.kept_fleet import KeptAgent, KeptFleet
from oma.runtime.agents.fleet_file import FleetFile

A = KeptAgent("a", "/a", "/w", 80, 24, "codex", "codex", "abc-123")


@pytest.fixture
def file(tmp_path):
    """Give a file that nobody has written."""
    return FleetFile(LockedFile(tmp_path / "fleet.json"))


def test_what_is_kept_is_read(file):
    assert file.read() == KeptFleet()
    fleet = file.change(lambda fleet: fleet.kept("one", [A]).kept("two", []))
    assert file.read() == fleet
    assert fleet.lost == (A,)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", '{"server": 1, "agents": [], "lost": []}'),
        json.dumps({"server": "s", "agents": [{"session": "a"}], "lost": []}),
        json.dumps({"server": "s", "agents": [{"session": 1, "directory": "/"}], "lost": []}),
        json.dumps({"server": "s", "agents": [], "lost": [{"what": "a"}]}),
    ],
)
def test_another_form_is_named(file, text):
    file.file.path.write_text(text)
    with pytest.raises(OmaError, match="holds no agents: remove it"):
        file.read()
