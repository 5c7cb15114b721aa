"""An agent is ended before its worktree goes, and others who work there keep it."""

import subprocess

import attrs
import pytest

from oma.errors import OmaError, UnsavedWorkError
from oma.model.intents import KillAgent, StopAgent
from oma.runtime.agents import removing
from oma.runtime.agents.removing import AgentRemoval
from tests.support.git_repository import GitRepository
from tests.unit.tui.fleets import agent, state


@attrs.define
class Controller:
    """Notes what it is asked; what ends an agent may do something first."""

    store: object
    server: object = None
    asked: list = attrs.Factory(list)
    last_words: object = None

    async def carry_out(self, act):
        self.asked.append(act)
        if self.last_words is not None:
            self.last_words()
        return "it has ended"

    def note(self, *words):
        self.asked.append(words)


@attrs.define
class Store:
    """What is known."""

    state: object


@attrs.frozen
class Row:
    """A pane, as far as it matters here."""

    pane: str
    session: str
    session_name: str = "s"
    cwd: str = "/"
    command: str = "claude"
    dead: bool = False
    pid: int = 0


@pytest.fixture
def worktree(tmp_path):
    """Give a worktree."""
    return GitRepository.make(tmp_path / "app").add_worktree("fix")


@pytest.fixture
def rows(monkeypatch):
    """Give the panes of the server, to be changed."""
    rows = []

    async def list_panes(server):
        return tuple(rows)

    monkeypatch.setattr(removing, "list_panes", list_panes)
    monkeypatch.delenv("TMUX_PANE", raising=False)
    return rows


@pytest.fixture
def removal(monkeypatch, worktree, rows):
    """Give the removal of an agent that works in the worktree."""

    async def agent_directory(server, pane):
        return str(worktree)

    monkeypatch.setattr(removing, "agent_directory", agent_directory)
    bob = agent(1, name="bob")
    rows.append(Row(bob.pane, bob.session, cwd=str(worktree)))
    return AgentRemoval(Controller(Store(state(bob))), bob)


async def test_it_is_asked_to_end_then_its_session_and_worktree_go(removal, worktree):
    said = await removal.remove()
    assert said.startswith(f"it has ended; removed worktree {worktree}")
    assert [each for each in removal.controller.asked if not isinstance(each, tuple)] == [
        StopAgent(removal.agent.id),
        KillAgent(removal.agent.id),
    ]
    assert not worktree.exists()


async def test_an_agent_whose_work_would_be_lost_goes_on(removal, worktree):
    (worktree / "new").write_text("new")
    with pytest.raises(UnsavedWorkError):
        await removal.remove()
    assert removal.controller.asked == []


async def test_what_it_writes_at_its_end_keeps_the_worktree(removal, worktree):
    removal.controller.last_words = lambda: (worktree / "last").write_text("words")
    with pytest.raises(
        UnsavedWorkError, match="it has ended, but nothing was removed: 1 thing"
    ) as at:
        await removal.remove()
    assert at.value.lines == ("  untracked: last",)
    assert (worktree / "last").exists()


@pytest.mark.parametrize("means_it", [True, False])
async def test_what_is_confirmed_goes(removal, worktree, means_it):
    (worktree / "new").write_text("new")
    asked = []

    def confirm(plan):
        asked.append(plan.look.unsaved)
        return means_it

    removal = attrs.evolve(removal, confirm=confirm)
    if means_it:
        await removal.remove()
    else:
        with pytest.raises(OmaError, match="nothing was removed"):
            await removal.remove()
    assert len(asked) == 1
    assert worktree.exists() is not means_it


async def test_another_one_who_works_there_keeps_it(removal, rows, worktree):
    (worktree / "sub").mkdir()
    rows += [
        Row("%8", "$8", "shell", cwd=str(worktree), command="zsh"),
        Row("%9", "$9", "hers", cwd=str(worktree / "sub"), command="vim"),
    ]
    with pytest.raises(
        OmaError, match=r"nothing was removed: vim in hers works in .*, too; --keep"
    ):
        await removal.remove()
    assert removal.controller.asked == []


async def test_what_it_started_and_still_runs_keeps_it(removal, rows, worktree, monkeypatch):
    monkeypatch.setattr(removing, "ENDS_S", 0.0)
    process = subprocess.Popen(["sleep", "100"])  # noqa: ASYNC220
    rows[0] = attrs.evolve(rows[0], pid=process.pid)
    try:
        with pytest.raises(
            OmaError, match="it has ended, but something that it started still runs"
        ):
            await removal.remove()
    finally:
        process.kill()
        process.wait()
    assert worktree.exists()
