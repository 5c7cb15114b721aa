"""The screens that no rule explains, as text and as values."""

import json

from oma.cli import unknown_screens
from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions, RuleOptions
from oma.cli.unknown_screens import (
    recorded_screens,
    screens_json,
    screens_text,
    standing_screens,
)
from oma.model.events import MonitorStopped, SessionOpened
from oma.reducers.unexplained import UnexplainedScreen
from tests.support.fleet_play import SESSION, captured, sampled, seen
from tests.unit.cli.recordings import write

EVENTS = (
    (0.0, SessionOpened(SESSION, "oma-agent-a")),
    (0.0, seen(command="claude", idle_s=0.0)),
    (0.0, captured(b"\r\n Bob's news\r\n")),
    (0.0, sampled(("claude",))),
    (100.0, MonitorStopped("stopped")),
)


def test_a_recording_tells_them(tmp_path):
    path = write(tmp_path / "f.jsonl", EVENTS)
    context = read_context(GlobalOptions())
    rules = RuleOptions(config=str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").touch()

    (screen,) = recorded_screens(path, context, rules)

    assert screen.profile == "claude"
    assert screen.lines == (" Xxx's xxxx",)
    assert screen.stood_s == 100.0


def test_without_a_server_there_are_none():
    assert standing_screens(read_context(GlobalOptions())) == ()
    assert screens_text(()) == "every screen was explained by a rule"
    assert screens_json(()) == []


def test_they_are_ready_for_a_report_and_nothing_hostile_is_in_it(monkeypatch):
    monkeypatch.setattr(unknown_screens, "__version__", "1.2.3")
    screen = UnexplainedScreen("claude", 80, 24, "\x1b[2Jt", ("```", "x\x07"), 71.2, 2)

    assert screens_text((screen,)).splitlines() == [
        "# 1 screen that no rule of oma 1.2.3 explains, masked",
        "",
        "## claude, 80x24, for 71 s, 2 times",
        "",
        "title: `␛[2Jt`",
        "",
        "    ```",
        "    x␇",
    ]
    assert json.loads(json.dumps(screens_json((screen,))))[0]["lines"] == ["```", "x\x07"]
