"""A prompt is queued for an agent that can take it one day."""

import pytest

from oma.errors import CommandError
from oma.files.locked_file import LockedFile
from oma.model.health import Health
from oma.runtime.agents import queueing
from oma.runtime.agents.queue_file import QueueFile
from oma.runtime.agents.queueing import addressee_of, queue_prompt
from tests.unit.tui.fleets import agent

BOB = agent(1, name="bob", profile="claude")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Give a queue of a server that says which run it is."""

    async def server_run(server):
        return "run"

    monkeypatch.setattr(queueing, "server_run", server_run)
    return QueueFile(LockedFile(tmp_path / "queue.json"))


async def test_its_place_in_the_queue_is_said(file):
    assert await queue_prompt(None, file, BOB, "one\r\n") == f"queued for {BOB.name}"
    assert await queue_prompt(None, file, BOB, "two") == f"queued for {BOB.name}, behind 1"
    to = await addressee_of(None, BOB)
    assert [(p.to, p.text) for p in file.read().prompts] == [(to, "one"), (to, "two")]
    file.change(lambda queue: queue.halted(to, "why"))
    assert (await queue_prompt(None, file, BOB, "x")).endswith("; its queue has stopped: why")


@pytest.mark.parametrize(
    ("changes", "text", "words"),
    [
        ({"health": Health.EXITED}, "x", "has ended"),
        ({"profile": "generic"}, "x", "no profile says when .* is at its prompt"),
        ({"pane": None}, "x", "has no pane"),
        ({}, "\n", "there is no text"),
        ({}, "a\x00b", "cannot be given this text"),
    ],
)
async def test_what_nobody_would_take_is_not_queued(file, changes, text, words):
    there = agent(1, **{"name": "bob", "profile": "claude"} | changes)
    with pytest.raises(CommandError, match=words):
        await queue_prompt(None, file, there, text)
    assert file.stamp() is None
