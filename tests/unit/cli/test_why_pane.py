"""Why a pane is there, or went."""

import json

import pytest
import trio

from oma.cli import why_pane
from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions
from oma.cli.why_pane import explain_pane
from oma.errors import OmaError
from oma.model.events import PlacementDecided, SessionOpened
from oma.model.ids import PaneId, SessionId, WindowId
from oma.runtime.display.decision_log import Note
from oma.runtime.display.pane_reason import PaneReason
from tests.unit.cli.recordings import write

WINDOW, BOB, ALICE = WindowId("@1"), SessionId("$1"), SessionId("$2")
SPAWN = PlacementDecided("spawn", WINDOW, BOB, PaneId("%9"), "there is room")
EVENTS = (
    (0.0, SessionOpened(BOB, "oma-agent-bob")),
    (1.0, PlacementDecided("defer", WINDOW, BOB, None, "no room")),
    (2.0, PlacementDecided("defer", WINDOW, ALICE, None, "no room")),
    (3.0, SPAWN),
)


def explain(pane, recording=None, *, as_json=False):
    context = read_context(GlobalOptions())
    explain_pane(context, PaneId(pane), recording, as_json=as_json)


def test_a_recording_tells_what_was_decided_about_the_pane_and_its_agent(tmp_path, capsys):
    path = str(write(tmp_path / "f.jsonl", EVENTS))

    explain("%9", path)
    lines = capsys.readouterr().out.splitlines()
    explain("%9", path, as_json=True)
    machine = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [line.split()[1:3] for line in lines] == [
        ["oma-agent-bob", "defer"],
        ["oma-agent-bob", "spawn"],
    ]
    assert [each["t"] for each in machine] == [1.0, 3.0]
    with pytest.raises(OmaError, match="nothing was decided about %8"):
        explain("%8", path)


def test_now_it_is_told_what_the_pane_shows_and_what_was_decided(monkeypatch, capsys):
    notes = (Note("2026-11-20T12:00:00+00:00", "bob", SPAWN),)

    async def host(socket, what):
        await trio.lowlevel.checkpoint()

    async def reason(host, server, watched, pane):
        await trio.lowlevel.checkpoint()
        return PaneReason("shows the agent b\x1bob", "bob", WINDOW, notes)

    monkeypatch.setattr(why_pane, "find_host_pane", host)
    monkeypatch.setattr(why_pane, "reason_of_pane", reason)

    explain("%9")
    first, second = capsys.readouterr().out.splitlines()
    explain("%9", as_json=True)
    machine = json.loads(capsys.readouterr().out)
    assert first.startswith("%9 in @1: shows the agent b")
    assert "\x1b" not in first
    assert second.endswith("%9: there is room")
    assert (machine["agent"], machine["decisions"][0]["placement"]) == ("bob", "spawn")


def test_outside_tmux_there_is_no_pane_to_ask_about():
    with pytest.raises(OmaError, match="oma why --pane works inside tmux"):
        explain("%9")
