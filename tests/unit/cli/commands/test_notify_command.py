"""`oma notify` on a small recording."""

import json

import pytest

from oma.cli.commands import notify_command
from oma.cli.commands.notify_command import NotifyOptions, run
from oma.cli.notifying import notify
from oma.cli.option_values import RuleOptions
from oma.errors import ConfigError
from oma.model.events import PaneOutput, SessionOpened
from oma.runtime.notify.notify_log import LogEntry, NotifyLog
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
    assert parsed("notify") == NotifyOptions()
    assert parsed("notify", "--recording", "f", "--json") == NotifyOptions(
        recording="f", json=True
    )
    assert parsed("notify", "test", "webhook") == NotifyOptions(action="test", channel="webhook")


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


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (NotifyOptions(action="log", recording="f"), "nothing to do with oma notify log"),
        (NotifyOptions(channel="tmux"), "oma notify test tmux"),
        (NotifyOptions(rules=RuleOptions(profile="claude")), "--profile needs --recording"),
    ],
)
def test_options_that_do_not_fit_are_refused(options, complaint):
    with pytest.raises(ConfigError, match=complaint):
        run(options)


def test_without_channels_there_is_nothing_to_notify_by(home):
    config = home / "c.toml"
    config.write_text("[notify]\nchannels = []\n")

    with pytest.raises(ConfigError, match="nothing to notify by"):
        run(NotifyOptions(config=str(config)))


def test_it_watches_and_tells_until_it_is_ended(monkeypatch, capsys):
    runs = []

    async def end(watch):
        runs.append(watch)
        return 143

    monkeypatch.setattr(notify_command.Run, "run", end)

    assert run(NotifyOptions()) == 143
    assert runs[0].frontend.__self__.tasks == (notify,)
    assert capsys.readouterr().err == "oma: notifying by tmux until interrupted\n"


def test_a_channel_is_tried_and_it_is_said_how_that_went(tmux, capsys):
    assert run(NotifyOptions(action="test")) == 1
    assert capsys.readouterr().out == "tmux: failed: no client of a user is attached\n"

    tmux.says("list-panes", "client 0 1 focus focused 1 %1 /dev/pts/1\n")
    assert run(NotifyOptions(action="test", channel="tmux")) == 0
    assert capsys.readouterr().out == "tmux: sent: /dev/pts/1\n"
    assert any("display-message" in words for words in tmux.asked)


def test_what_was_sent_is_printed(home, capsys):
    assert run(NotifyOptions(action="log")) == 0
    assert capsys.readouterr().out == ""

    log = NotifyLog(home / ".local" / "state" / "oma" / "notify.jsonl")
    log.add(LogEntry("2026-11-29T12:00:00.1Z", "tmux", "news", "a\x1b", ok=True, result="there"))
    assert run(NotifyOptions(action="log")) == 0
    assert capsys.readouterr().out == "2026-11-29T12:00:00  tmux  sent  a␛  there\n"
    assert run(NotifyOptions(action="log", json=True)) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
