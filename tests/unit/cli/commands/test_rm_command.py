"""`oma rm`: what would be lost is named; `--keep` and `--force` do what they say."""

import io
import os
import sys

import pytest

from oma.cli.commands import rm_command
from oma.cli.commands.rm_command import RmOptions, run
from oma.errors import ConfigError, OmaError, UnsavedWorkError
from tests.support.git_repository import WHO, GitRepository
from tests.unit.cli.commands.acting import acting
from tests.unit.cli.parsing import parsed


@pytest.fixture
def worktree(tmp_path, monkeypatch):
    """Give a worktree of a repository that we are in; no agent works there."""
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)
    repository = GitRepository.make(tmp_path / "app")
    monkeypatch.chdir(repository.path)
    return repository.add_worktree("fix")


def test_its_words_become_options():
    assert parsed("rm", "a", "--keep") == RmOptions(agent="a", keep=True)
    assert parsed("rm", "a", "--force") == RmOptions(agent="a", force=True)


def test_keep_and_force_exclude_each_other():
    with pytest.raises(ConfigError, match="give one"):
        run(RmOptions(agent="a", keep=True, force=True))


@pytest.mark.parametrize("force", [True, False])
def test_an_agent_is_removed_and_asked_about_only_by_force(monkeypatch, capsys, force):
    acting(monkeypatch, rm_command)

    async def remove(removal):
        assert (removal.confirm is not None) is force
        return "removed"

    monkeypatch.setattr(rm_command.AgentRemoval, "remove", remove)
    assert run(RmOptions(agent="bob", force=force)) == 0
    assert capsys.readouterr().out == "removed\n"


def test_keep_ends_the_agent_alone(monkeypatch, capsys):
    acting(monkeypatch, rm_command)

    async def end(removal):
        return "ended"

    monkeypatch.setattr(rm_command.AgentRemoval, "end", end)
    run(RmOptions(agent="bob", keep=True))
    assert capsys.readouterr().out == "ended; nothing was removed\n"


def test_a_worktree_without_an_agent_is_found_by_its_branch(worktree, capsys):
    assert run(RmOptions(agent="fix")) == 0
    assert capsys.readouterr().out == f"removed worktree {worktree}; branch fix stays\n"


def test_what_would_be_lost_is_named_in_full(worktree, capsys):
    (worktree / "new\x1b").write_text("new")
    with pytest.raises(BaseExceptionGroup) as at:
        run(RmOptions(agent="fix"))
    assert at.group_contains(UnsavedWorkError, match="1 thing would be lost")
    assert capsys.readouterr().err == "  untracked: new␛\n"
    assert worktree.exists()


@pytest.mark.parametrize(("answer", "goes"), [("y\n", True), ("n\n", False), ("", False)])
def test_force_names_it_and_only_yes_is_yes(worktree, capsys, monkeypatch, answer, goes):
    (worktree / "new").write_text("new")
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    if goes:
        run(RmOptions(agent="fix", force=True))
    else:
        with pytest.raises(OmaError, match="nothing was removed"):
            run(RmOptions(agent="fix", force=True))
    assert "  untracked: new\nremove it all the same? [y/N] " in capsys.readouterr().err
    assert worktree.exists() is not goes


@pytest.mark.parametrize(
    "options",
    [RmOptions(agent="other"), RmOptions(agent="fix", keep=True), RmOptions(agent="main")],
)
def test_what_is_neither_agent_nor_worktree_is_refused(worktree, options):
    with pytest.raises(OmaError, match="no agent"):
        run(options)


def test_outside_of_a_repository_it_is_about_agents_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "PATH", os.environ["PATH"])
    with pytest.raises(OmaError, match="no agent 'fix'"):
        run(RmOptions(agent="fix"))
