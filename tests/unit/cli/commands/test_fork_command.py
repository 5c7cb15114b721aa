"""`oma fork`: a second agent with a copy of the conversation."""

import pytest

from oma.cli.commands import fork_command
from oma.cli.commands.fork_command import ForkOptions, run
from oma.errors import OmaError
from tests.unit.cli.commands import acting as acting_module
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Give what is started; the conversation is the first of it."""
    started = ["abc-123"]

    async def conversation_of(server, agent, profile, screen):
        return started[0]

    async def agent_directory(server, pane):
        return str(tmp_path)

    async def start_agent(server, session, directory, command, variables, marks):
        started.append((session, str(directory), command, variables, marks))

    class Store:
        def shown(self, agent):
            return ()

    for function in (conversation_of, agent_directory, start_agent):
        monkeypatch.setattr(fork_command, function.__name__, function)
    monkeypatch.setattr(acting_module.Controller, "store", Store(), raising=False)
    monkeypatch.setattr(acting_module.Controller, "variables", {"A": "1"}, raising=False)
    return started


def test_its_words_become_options():
    assert parsed("fork", "a") == ForkOptions(agent="a")
    assert parsed("fork", "a", "b") == ForkOptions(agent="a", name="b")


@pytest.mark.parametrize(
    ("name", "session"), [(None, "oma-agent-bob-1"), ("two", "oma-agent-two")]
)
def test_a_copy_is_started_where_the_agent_works(
    started, monkeypatch, tmp_path, capsys, name, session
):
    acting(monkeypatch, fork_command, profile="codex", group="night")
    assert run(ForkOptions(agent="bob", name=name)) == 0
    assert started[1] == (
        session,
        str(tmp_path),
        ["codex fork abc-123"],
        {"A": "1"},
        {"@oma_group": "night"},
    )
    assert capsys.readouterr().out == f"{session}\n"


@pytest.mark.parametrize(
    ("profile", "conversation", "words"),
    [("gemini", "abc-123", "is copied"), ("codex", "", "is not known")],
)
def test_what_cannot_be_copied_is_refused(started, monkeypatch, profile, conversation, words):
    started[0] = conversation
    acting(monkeypatch, fork_command, profile=profile)
    with pytest.raises(OmaError, match=words):
        run(ForkOptions(agent="bob"))
