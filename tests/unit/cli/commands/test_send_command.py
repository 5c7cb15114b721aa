"""`oma send`."""

import io
import json
import sys

import pytest

from oma.cli.commands import send_command
from oma.cli.commands.send_command import SendOptions, run
from oma.errors import BlockedError, ConfigError, OmaError
from oma.tui.filtering import read_filter
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("send", "bob", "a", "b") == SendOptions(agent="bob", text=("a", "b"))
    assert parsed(
        *["--anyway", "send", "bob", "--file", "f", "--no-enter", "--json"]
    ) == SendOptions(agent="bob", file="f", anyway=True, no_enter=True, json=True)


def test_words_are_one_text_and_its_echo_is_said(monkeypatch, capsys):
    asked = acting(monkeypatch, send_command)

    assert run(SendOptions(agent="bob", text=("a", "b"), no_enter=True, anyway=True)) == 0
    (intent,) = asked
    assert (intent.text, intent.enter, intent.anyway) == ("a b", False, True)
    assert capsys.readouterr().out == "sent to oma-agent-bob: its screen shows the text\n"


@pytest.mark.parametrize("as_json", [True, False])
def test_a_text_without_an_echo_is_sent_and_that_is_said(monkeypatch, capsys, as_json):
    acting(monkeypatch, send_command, echoes=False)

    assert run(SendOptions(agent="bob", text=("a",), json=as_json)) == 0
    told = capsys.readouterr()
    if as_json:
        assert json.loads(told.out) == {"agent": "oma-agent-bob", "echoed": False, "enter": True}
    else:
        assert "whether it arrived cannot be told" in told.err


@pytest.mark.parametrize("options", [{"text": ("-",)}, {"file": "-"}, {"file": "FILE"}])
def test_a_text_comes_from_standard_input_or_a_file(monkeypatch, tmp_path, options):
    asked = acting(monkeypatch, send_command)
    (tmp_path / "FILE").write_text("é\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("é\n".encode())))

    run(SendOptions(agent="bob", **options))
    assert asked[0].text == "é\n"


@pytest.mark.parametrize(
    ("words", "text", "filter_text"),
    [
        (("send", "--all", "a", "b"), "a b", ""),
        (("send", "a", "b", "--filter", "health:idle"), "a b", "health:idle"),
    ],
)
def test_several_agents_are_asked_about_at_once(monkeypatch, words, text, filter_text):
    sent = []

    async def run_all(broadcast):
        sent.append((broadcast.text, broadcast.meant, broadcast.anyway))
        return 1

    monkeypatch.setattr(send_command.Broadcast, "run", run_all)
    assert run(parsed(*words, "--anyway")) == 1
    assert sent == [(text, read_filter(filter_text, ()), True)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (SendOptions(), "expected an agent, --all or --filter"),
        (SendOptions(all=True, filter="x", agent="a"), "give one"),
        (SendOptions(all=True, agent="a", json=True), "are for one agent"),
        (SendOptions(all=True, agent="-"), "standard input answers the question"),
    ],
)
def test_options_that_exclude_each_other_are_refused(options, words):
    with pytest.raises(ConfigError, match=words):
        run(options)


@pytest.mark.parametrize("options", [{}, {"text": ("a",), "file": "f"}])
def test_no_text_or_two_are_refused(options):
    with pytest.raises(ConfigError, match="give a text, '-' for standard input, or --file"):
        run(SendOptions(agent="bob", **options))


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    (tmp_path / "f").write_bytes(b"\xff")

    with pytest.raises(OmaError, match="cannot read /no/such: no such file"):
        run(SendOptions(agent="bob", file="/no/such"))
    with pytest.raises(OmaError, match="not in UTF-8"):
        run(SendOptions(agent="bob", file=str(tmp_path / "f")))


def test_an_agent_that_waits_is_sent_nothing_and_it_is_said_how(monkeypatch):
    acting(monkeypatch, send_command, error=BlockedError("bob asks something"))

    with pytest.raises(BlockedError, match=r"bob asks something \(--anyway sends all the same\)"):
        run(SendOptions(agent="bob", text=("a",)))


def test_a_filter_that_may_be_a_mistake_is_refused():
    with pytest.raises(ConfigError, match="no health begins with 'idel'"):
        run(parsed("send", "hello", "--filter", "health:idel"))
