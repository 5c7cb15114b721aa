import pytest

from oma.cli.commands import jump_command
from oma.cli.commands.jump_command import JumpOptions, run
from oma.errors import OmaError
from tests.unit.cli.parsing import parsed
from tests.unit.tui.fleets import agent


def test_its_words_become_options():
    assert parsed("jump", "bob") == JumpOptions(agent="bob")


def test_the_client_that_is_named_goes_to_the_agent(monkeypatch):
    gone_to = []

    async def find_agent(context, name):
        return agent(1, name=name)

    async def jump(server, found, terminal):
        gone_to.append((found.name, terminal))

    monkeypatch.setattr(jump_command, "find_agent", find_agent)
    monkeypatch.setattr(jump_command, "jump", jump)

    assert run(JumpOptions(agent="bob", client="/dev/pts/3")) == 0
    assert gone_to == [("oma-agent-bob", "/dev/pts/3")]


def test_outside_of_tmux_there_is_no_client_to_move(monkeypatch):
    monkeypatch.delenv("TMUX", raising=False)

    with pytest.raises(OmaError, match="use 'oma attach bob'"):
        run(JumpOptions(agent="bob"))
