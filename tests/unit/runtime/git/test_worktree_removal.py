"""A worktree is removed with the branch that was made for it, and with nothing that was not named."""

import pytest

from oma.errors import OmaError, UnsavedWorkError
from oma.runtime.client.server_file import held_file
from oma.runtime.git.worktree import find_worktree
from oma.runtime.git.worktree_making import WorktreeMaker, WorktreePlan
from oma.runtime.git.worktree_removal import (
    LOCK,
    plan_removal,
    refuse_unsaved,
    remove_worktree,
)


@pytest.fixture
async def path(repository):
    """Give a worktree that was made for an agent, with a copied file and a linked directory."""
    (repository.path / "a.o").write_text("object")
    (repository.path / "cache").mkdir()
    (repository.path / "cache" / "file").write_text("cached")
    maker = WorktreeMaker("{repository}-{branch}", ("a.o",), ("cache",))
    return (await maker.make(WorktreePlan(repository.path, "fix", "bob"))).path


def branches(repository):
    return repository.git("branch", "--format=%(refname:short)").split()


async def test_a_clean_one_goes_with_its_branch_and_its_copies(repository, path):
    said = await remove_worktree(path, ())
    assert said == f"removed worktree {path} and branch fix"
    assert not path.exists()
    assert branches(repository) == ["main"]
    assert (repository.path / "cache" / "file").read_text() == "cached"


async def test_one_that_holds_something_stays_and_it_is_named(repository, path):
    (path / "new").write_text("new")
    plan = await plan_removal(path)
    with pytest.raises(
        UnsavedWorkError, match=r"1 thing would be lost with .* and branch fix"
    ) as at:
        refuse_unsaved(plan, ())
    assert at.value.lines == ("  untracked: new",)
    with pytest.raises(UnsavedWorkError):
        await remove_worktree(path, ())
    assert (path / "a.o").exists()
    assert branches(repository) == ["fix", "main"]


async def test_what_was_named_goes_and_what_came_since_keeps_it(repository, path):
    (path / "new").write_text("new")
    repository.commit(at=path)
    (path / "kept").write_text("changed")
    named = (await plan_removal(path)).look.unsaved
    (path / "later").write_text("later")
    with pytest.raises(UnsavedWorkError) as at:
        await remove_worktree(path, named)
    assert at.value.lines == ("  untracked: later",)

    (path / "later").unlink()
    await remove_worktree(path, named)
    assert branches(repository) == ["main"]


async def test_a_branch_that_was_there_before_stays(repository):
    path = repository.add_worktree("fix")
    assert "(branch fix stays)" in (await plan_removal(path)).words
    assert (await remove_worktree(path, ())).endswith("; branch fix stays")
    assert branches(repository) == ["fix", "main"]


async def test_a_branch_that_another_worktree_has_stays(repository, path):
    repository.add_worktree("other", "--detach")
    repository.git(
        "switch", "--quiet", "--ignore-other-worktrees", "fix", at=path.parent / "other"
    )
    assert "branch fix stays" in await remove_worktree(path, ())
    assert "fix" in branches(repository)


async def test_a_detached_one_has_no_branch(repository, path):
    repository.git("switch", "--quiet", "--detach", at=path)
    assert (await plan_removal(path)).words == f"worktree {path}"
    assert await remove_worktree(path, ()) == f"removed worktree {path}"
    assert "fix" in branches(repository)


async def test_the_repository_itself_is_never_removed(repository):
    with pytest.raises(OmaError, match="the repository itself"):
        await plan_removal(repository.path)


async def test_a_locked_one_is_left_with_the_reason(repository, path):
    repository.git("worktree", "lock", "--reason", "on a stick", str(path))
    with pytest.raises(OmaError, match="is locked: on a stick; 'git worktree unlock'"):
        await plan_removal(path)


async def test_two_removals_do_not_trust_each_other(path):
    lock = (await find_worktree(path)).common_directory / LOCK
    with held_file(lock, lambda _: "taken"), pytest.raises(OmaError, match="try again"):
        await remove_worktree(path, ())
    assert path.exists()
