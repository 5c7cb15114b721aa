"""A look at a worktree finds everything that is nowhere else."""

import pytest

from oma.runtime.git.unsaved_work import look_at_worktree
from oma.runtime.git.worktree import BRANCH_FILE, find_worktree, list_worktrees


async def look(path):
    worktree = await find_worktree(path)
    return await look_at_worktree(worktree, (await list_worktrees(path))[0])


@pytest.fixture
async def path(repository):
    """Give a worktree whose branch was made for it."""
    path = repository.add_worktree("fix")
    ((await find_worktree(path)).git_directory / BRANCH_FILE).write_text("fix\n")
    return path


def found(look):
    return {each.kind: each.names for each in look.unsaved}


async def test_a_new_worktree_holds_nothing_of_its_own(path):
    seen = await look(path)
    assert seen.unsaved == ()
    assert seen.drops_branch
    assert seen.commit


async def test_files_are_named_whatever_the_repository_says_of_them(repository, path):
    repository.git("config", "status.showUntrackedFiles", "no")
    (path / "kept").write_text("changed")
    (path / "new").write_text("new")
    (path / "a.o").write_text("object")
    (path / "built").mkdir()
    (path / "built" / "b").write_text("b")
    assert found(await look(path)) == {
        "uncommitted": ("kept",),
        "untracked": ("new",),
        "ignored by git": ("a.o", "built/"),
    }


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
async def test_a_change_that_git_was_told_to_overlook_is_named(repository, path, flag):
    repository.git("update-index", flag, "kept", at=path)
    (path / "kept").write_text("changed")
    assert found(await look(path)) == {"uncommitted": ("kept",)}
    (path / "kept").unlink()
    assert "uncommitted" not in found(await look(path)) or flag == "--assume-unchanged"


async def test_a_copy_of_a_file_of_the_repository_is_known(repository, path):
    for place in (repository.path, path):
        (place / "a.o").write_text("the same")
    (path / "b.o").symlink_to(repository.path / "a.o")
    seen = await look(path)
    assert seen.copies == ("a.o",)
    assert found(seen) == {"ignored by git": ("b.o",)}


async def test_commits_of_no_other_branch_are_named(repository, path):
    repository.commit(at=path)
    (line,) = found(await look(path))["in no other branch"]
    assert line.endswith(" one")
    repository.git("branch", "other", "fix")
    assert found(await look(path)) == {}


async def test_commits_on_a_branch_that_stays_are_not_lost(repository):
    path = repository.add_worktree("fix")
    repository.commit(at=path)
    seen = await look(path)
    assert (seen.unsaved, seen.drops_branch) == ((), False)
    repository.git("switch", "--quiet", "--detach", at=path)
    repository.commit(at=path)
    assert list(found(await look(path))) == ["in no other branch"]


async def test_stashes_and_what_goes_on_are_named(repository, path):
    (path / "kept").write_text("changed")
    repository.git("stash", at=path)
    assert list(found(await look(path))) == ["stashed"]
    repository.git("stash", "drop", at=path)
    repository.git("merge", "--no-commit", "--no-ff", "main", at=path, check=False)
    repository.git("switch", "--quiet", "--create", "other", "main")
    (repository.path / "kept").write_text("other\n")
    repository.commit()
    (path / "kept").write_text("mine\n")
    repository.commit(at=path)
    repository.git("merge", "other", at=path, check=False)
    names = found(await look(path))
    assert names["under way"] == ("a merge",)
    assert names["in conflict"] == ("kept",)


async def test_a_submodule_that_is_checked_out_is_named(repository, path):
    repository.git("submodule", "--quiet", "add", str(repository.path), "sub", at=path)
    repository.commit(at=path)
    repository.git("branch", "pushed", "fix")
    assert found(await look(path)) == {"in a submodule": ("sub",)}


async def test_a_branch_without_a_commit_has_none_to_lose(repository, path):
    repository.git("switch", "--quiet", "--orphan", "void", at=path)
    seen = await look(path)
    assert (seen.commit, seen.unsaved) == ("", ())


async def test_nothing_is_copied_of_a_bare_repository(repository, tmp_path):
    bare = tmp_path / "bare"
    repository.git("clone", "--quiet", "--bare", str(repository.path), str(bare))
    repository.git("worktree", "add", "--quiet", str(tmp_path / "w"), "-b", "w", at=bare)
    (tmp_path / "w" / "a.o").write_text("")
    assert found(await look(tmp_path / "w")) == {"ignored by git": ("a.o",)}
