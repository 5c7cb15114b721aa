"""The dashboard on a recording; its screen is looked at in `tests/integration`."""

import os
import signal
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from oma.cli import replay_dashboard
from oma.cli.option_values import RuleOptions
from oma.cli.replay_dashboard import NullExecutor, show
from oma.model.ids import SessionId
from oma.model.intents import KillAgent, NewAgent
from oma.tui.loop import Dashboard
from oma.tui.player import REFUSED
from tests.unit.cli.recordings import write


async def test_nothing_can_be_asked_of_agents_that_are_past():
    executor = NullExecutor()

    assert await executor.carry_out(KillAgent(SessionId("$1")), None) == REFUSED
    assert await executor.refusal(NewAgent("a", "", "")) is None
    assert await executor.directories("/") == ()
    assert executor.resized() is executor.occupant is None


@pytest.fixture
def shown(monkeypatch):
    """The dashboards that were shown; each is left at once."""
    shown = []

    async def leave(dashboard):
        shown.append(dashboard)

    @contextmanager
    def terminal(theme, environ, *, mouse):
        yield SimpleNamespace(key_sequences={})

    monkeypatch.setattr(replay_dashboard, "terminal_for", terminal)
    monkeypatch.setattr(Dashboard, "run", leave)
    return shown


def test_a_recording_is_shown_from_the_second_and_by_the_rules_that_are_asked_for(shown, tmp_path):
    path = write(tmp_path / "f.jsonl")

    assert show(path, RuleOptions(profile="generic"), start_s=5.0, ascii_only=True) == 0
    (dashboard,) = shown
    assert dashboard.source.playhead.set_s == 5.0
    assert dashboard.source.rules == "every agent as generic"
    assert dashboard.capabilities.ascii


def test_a_torn_recording_is_said_afterwards(shown, tmp_path, monkeypatch, capsys):
    path = write(tmp_path / "f.jsonl")
    path.write_bytes(path.read_bytes()[:-5])

    async def read_whole(dashboard):
        while not dashboard.source.whole():
            await replay_dashboard.trio.lowlevel.checkpoint()

    monkeypatch.setattr(Dashboard, "run", read_whole)
    assert show(path, RuleOptions(), start_s=0.0, ascii_only=False) == 0
    assert "oma: " in capsys.readouterr().err


def test_a_signal_makes_the_dashboard_leave(shown, tmp_path, monkeypatch):
    async def until_left(dashboard):
        os.kill(os.getpid(), signal.SIGTERM)
        while not dashboard.view.leaving:
            await replay_dashboard.trio.lowlevel.checkpoint()

    monkeypatch.setattr(Dashboard, "run", until_left)
    path = write(tmp_path / "f.jsonl")
    assert show(path, RuleOptions(), start_s=0.0, ascii_only=False) == 143
