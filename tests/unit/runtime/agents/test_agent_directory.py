"""Where an agent works is told by tmux, also when it has ended."""

import pytest

from oma.errors import CommandError
from oma.model.ids import PaneId
from oma.runtime.agents.agent_directory import agent_directory, start_place
from oma.tmux.address import ServerAddress
from tests.support.scripted_tmux import ScriptedTmux

SERVER = ServerAddress(None, "/s")


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    """Give a tmux that says what a test wants."""
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    return tmux


@pytest.mark.parametrize(
    ("said", "directory"),
    [
        ("/worktree\n/here\n/began\n", "/worktree"),
        ("\n/here\n/began\n", "/here"),
        ("\n\n/began\n", "/began"),
    ],
)
async def test_the_worktree_counts_first_and_where_it_began_last(tmux, said, directory):
    tmux.says("list-panes", said)
    assert await agent_directory(SERVER, PaneId("%1")) == directory


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("/worktree\n/here\n/began\n", ("/worktree", "/worktree")),
        ("\n/here\n/began\n", ("", "/began")),
        ("\n/here\n\n", ("", "/here")),
        ("", ("", "")),
    ],
)
async def test_where_it_was_started_counts_more_than_where_it_is(tmux, said, place):
    tmux.says("list-panes", said)
    assert await start_place(SERVER, PaneId("%1")) == place


async def test_what_tmux_does_not_tell_is_no_directory(tmux):
    tmux.says("list-panes", "\n\n\n")
    with pytest.raises(CommandError, match="does not tell"):
        await agent_directory(SERVER, PaneId("%1"))
    with pytest.raises(CommandError, match="does not tell"):
        await agent_directory(SERVER, None)
