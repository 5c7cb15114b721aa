"""`oma report`: what is said to the terminal, and that it fails no agent."""

import io
import json
import signal
import sys

import pytest

from oma.cli.commands import report_command
from oma.cli.commands.report_command import ReportOptions, run
from oma.errors import OmaError
from oma.hooks.status import Status, status_sequence
from tests.unit.cli.parsing import parsed


@pytest.fixture
def written(monkeypatch):
    """What is written to the terminal; signals are as they were afterwards."""
    written = []
    monkeypatch.setattr(report_command, "write_to_terminal", written.append)
    monkeypatch.setattr(report_command, "announce", lambda app: None)
    usual = {number: signal.getsignal(number) for number in (signal.SIGALRM, signal.SIGTTOU)}
    yield written
    for number, handler in usual.items():
        signal.signal(number, handler)


def give(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_its_words_become_options():
    assert parsed(
        *["report", "blocked", "--kind", "question", "--message", "m", "--app", "a"]
    ) == ReportOptions("blocked", "question", "m", "a", None)
    assert parsed("-L", "x", "report", "--from-hook", "claude") == ReportOptions(
        from_hook="claude"
    )


def test_a_state_is_reported(written, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)

    assert run(ReportOptions("blocked", "question", "m", "app")) == 0
    assert written == [status_sequence(Status("blocked", "question", "m"), "app")]
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_an_event_of_a_hook_is_reported_under_the_name_of_its_agent(written, monkeypatch, capsys):
    give(monkeypatch, json.dumps({"hook_event_name": "UserPromptSubmit"}))
    assert run(ReportOptions(from_hook="claude")) == 0
    give(monkeypatch, json.dumps({"hook_event_name": "BeforeAgent"}))
    assert run(ReportOptions(from_hook="gemini")) == 0

    assert [data.count(app) for data, app in zip(written, (b"claude", b"gemini"), strict=True)]
    assert capsys.readouterr().out == "{}\n"  # gemini reads what its hook answers


def test_tmux_is_told_who_reports_at_the_start_of_an_agent_and_once_a_turn(written, monkeypatch):
    told = []
    monkeypatch.setattr(report_command, "announce", told.append)
    for name in ("SessionStart", "UserPromptSubmit", "PreToolUse", "Stop", "SessionEnd"):
        give(monkeypatch, json.dumps({"hook_event_name": name}))
        run(ReportOptions(from_hook="claude"))
    monkeypatch.setattr(sys, "stdin", None)
    run(ReportOptions("working", app="codex"))
    run(ReportOptions("working"))

    assert told == ["claude", "claude", None, "codex"]


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "{}"])
def test_an_event_that_says_nothing_fails_no_agent(written, monkeypatch, capsys, text):
    give(monkeypatch, text)

    assert run(ReportOptions(from_hook="claude")) == 0
    assert written == []
    assert capsys.readouterr().out == ""


def test_a_terminal_that_is_not_there_is_said_and_fails_no_agent(written, monkeypatch, capsys):
    def refuse(data):
        message = "no terminal here"
        raise OmaError(message)

    monkeypatch.setattr(report_command, "write_to_terminal", refuse)
    monkeypatch.setattr(sys, "stdin", None)

    assert run(ReportOptions("idle")) == 0
    assert capsys.readouterr().err == "oma: not reported: no terminal here\n"


@pytest.mark.parametrize(
    "options",
    [
        ReportOptions(),
        ReportOptions("idle", from_hook="claude"),
        ReportOptions("idle", kind="question"),
        ReportOptions("idle", app="no name"),
    ],
)
def test_a_command_line_that_means_nothing_is_refused(options):
    with pytest.raises(OmaError):
        run(options)
