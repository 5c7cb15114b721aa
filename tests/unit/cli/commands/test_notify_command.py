"""`oma notify` on a small recording."""

import json

import pytest

from oma.cli.commands.notify_command import NotifyOptions, run
from oma.errors import ConfigError
from oma.model.events import PaneOutput, SessionOpened
from tests.support.fleet_play import PANE, SESSION, captured, seen
from tests.unit.cli.parsing import parsed
from tests.unit.cli.recordings import write

FAILS = (
    (0.0, SessionOpened(SESSION, "oma-agent-a")),
    (0.0, seen(idle_s=0.0)),
    (0.0, captured(b"$ ")),
    (10.0, PaneOutput(PANE, b"Error: it broke\r\n")),
    (60.0, PaneOutput(PANE, b".")),
)


@pytest.fixture
def recording(tmp_path):
    return str(write(tmp_path / "f.jsonl", FAILS))


def test_its_words_become_options():
    assert parsed("notify", "--recording", "f", "--json") == NotifyOptions(
        recording="f", json=True
    )


def test_it_says_what_would_have_been_told_and_when(recording, capsys, monkeypatch):
    assert run(NotifyOptions(recording=recording)) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith("  news      oma-agent-a is stuck: error-text: Error: it broke")

    assert run(NotifyOptions(recording=recording, json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["at"] == "2026-11-20T12:00:13.000+00:00"


def test_what_is_told_is_what_the_configuration_wants(recording, home, capsys):
    config = home / "c.toml"
    config.write_text('[notify]\non = ["waiting"]\n')

    assert run(NotifyOptions(recording=recording, config=str(config))) == 0
    assert capsys.readouterr().out == ""


def test_without_a_recording_it_is_refused():
    with pytest.raises(ConfigError, match="--recording"):
        run(NotifyOptions())
