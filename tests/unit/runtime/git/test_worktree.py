"""Which working tree a directory is in."""

import pytest

from oma.errors import OmaError
from oma.runtime.git.worktree import BRANCH_FILE, find_worktree, list_worktrees


async def test_the_repository_itself_is_the_main_one(repository):
    (repository.path / "sub").mkdir()
    found = await find_worktree(repository.path / "sub")
    assert found.path == repository.path
    assert found.is_main


async def test_a_worktree_has_files_of_its_own(repository):
    path = repository.add_worktree("fix")
    found = await find_worktree(path)
    assert found.path == path
    assert not found.is_main
    assert found.made_branch == ""
    (found.git_directory / BRANCH_FILE).write_text("fix\n")
    assert found.made_branch == "fix"
    assert [each.branch for each in await list_worktrees(path)] == ["main", "fix"]


async def test_a_directory_in_no_repository_is_refused(tmp_path):
    with pytest.raises(OmaError, match="not a git repository"):
        await find_worktree(tmp_path)
