"""`oma queue`: prompts are added, listed, edited and removed."""

import json

import pytest

from oma.cli.cli_context import read_context
from oma.cli.commands import queue_command
from oma.cli.commands.queue_command import QueueOptions, run
from oma.cli.queue_task import queue_file
from oma.errors import ConfigError, OmaError
from oma.model.ids import PaneId
from oma.model.prompts import TYPING, UNSURE, Addressee
from oma.runtime.agents import queueing
from tests.unit.cli.parsing import parsed
from tests.unit.tui.fleets import agent

BOB = Addressee("run", PaneId("%1"), "oma-agent-bob", "oma-agent-bob")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Give the queue of a server on which there is `bob`, who gets the first three numbers."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))

    async def server_run(server):
        return "run"

    async def find_agent(context, name):
        assert name == "bob"
        return agent(1, name="bob", profile="claude", pane=PaneId("%1"))

    monkeypatch.setattr(queueing, "server_run", server_run)
    monkeypatch.setattr(queue_command, "find_agent", find_agent)
    file = queue_file(read_context(QueueOptions()))
    file.change(lambda q: q.added(BOB, "one").added(BOB, "two\n\x1b").added(BOB, "x" * 90))
    return file


def texts(file):
    return [prompt.text[:5] for prompt in file.read().prompts]


def test_its_words_become_options():
    assert parsed("queue") == QueueOptions()
    assert parsed("queue", "bob", "a", "b") == QueueOptions(agent="bob", text=("a", "b"))
    assert parsed("queue", "--edit", "3", "a", "b") == QueueOptions(edit=3, agent="a", text=("b",))
    assert parsed("queue", "bob", "--resume", "--json") == QueueOptions(
        agent="bob", resume=True, json=True
    )


def test_a_prompt_is_added_and_that_nobody_sends_is_said(file, capsys):
    run(QueueOptions(agent="bob", text=("four", "it is")))
    told = capsys.readouterr()
    assert told.out == "queued for oma-agent-bob, behind 3\n"
    assert told.err == "oma: it is sent while 'oma serve' or the dashboard runs\n"
    assert texts(file)[-1] == "four "


def test_the_list_is_fit_for_a_terminal(file, capsys):
    file.change(lambda queue: queue.with_state(1, UNSURE).halted(BOB, "bad\x1b"))
    run(QueueOptions())
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["N", "AGENT", "STATE", "TEXT"]
    assert lines[1].split() == ["1", "oma-agent-bob", "unsure", "one"]
    assert lines[2].endswith("two␊␛")
    assert lines[3].endswith("x…")
    assert lines[4] == (
        "oma-agent-bob has stopped: bad␛; 'oma queue oma-agent-bob --resume' goes on"
    )


def test_the_list_of_one_agent_is_json_on_request(file, capsys):
    run(QueueOptions(agent="bob", json=True))
    assert json.loads(capsys.readouterr().out)[0] == {
        "number": 1,
        "agent": "oma-agent-bob",
        "state": "waiting",
        "text": "one",
        "stopped": None,
    }
    run(QueueOptions(agent="nobody"))
    assert capsys.readouterr().err == "nothing is queued\n"


def test_prompts_are_edited_and_removed_by_number(file):
    run(QueueOptions(edit=2, agent="zwei"))
    run(QueueOptions(remove=1))
    assert texts(file) == ["zwei", "xxxxx"]


@pytest.mark.parametrize(
    ("number", "words"), [(9, "no prompt 9 is queued"), (1, "prompt 1 is being typed now")]
)
def test_what_is_sent_or_being_sent_is_not_changed(file, number, words):
    file.change(lambda queue: queue.with_state(1, TYPING))
    for options in (QueueOptions(remove=number), QueueOptions(edit=number, agent="x")):
        with pytest.raises(OmaError, match=words):
            run(options)


def test_a_queue_is_cleared_but_for_what_is_being_typed(file):
    file.change(lambda queue: queue.with_state(2, TYPING))
    run(QueueOptions(agent="bob", clear=True))
    assert texts(file) == ["two\n\x1b"]


def test_a_queue_that_stopped_goes_on_without_what_may_have_been_typed(file):
    file.change(lambda queue: queue.with_state(1, UNSURE).halted(BOB, "why"))
    run(QueueOptions(agent="oma-agent-bob", resume=True))
    assert texts(file) == ["two\n\x1b", "xxxxx"]
    assert file.read().why_stopped(BOB) == ""


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        (QueueOptions(edit=1, remove=1), ConfigError, "give one"),
        (QueueOptions(edit=1), ConfigError, "give a text"),
        (QueueOptions(clear=True), ConfigError, "expected an agent"),
        (QueueOptions(agent="ann", resume=True), OmaError, "nothing is queued for 'ann'"),
        (QueueOptions(agent="bob", text=("a",), file="f"), ConfigError, "give a text"),
    ],
)
def test_what_cannot_be_done_is_refused(file, options, error, words):
    with pytest.raises(error, match=words):
        run(options)
