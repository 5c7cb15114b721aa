"""What an agent changed is shown by git, and the index stays as it is."""

import os

from oma.runtime.git.diff import show_diff
from oma.runtime.git.worktree import find_worktree


async def shown(path, capfd, *words):
    assert await show_diff(await find_worktree(path), ("--stat", *words)) == 0
    return capfd.readouterr().out


async def test_all_since_the_branch_left_is_shown_new_files_included(repository, capfd):
    path = repository.add_worktree("fix")
    (path / "kept").write_text("changed\n")
    repository.commit(at=path)
    (path / "new").write_text("new\n")
    (repository.path / "other").write_text("other\n")
    repository.commit()
    before = repository.git("status", "--porcelain", at=path)

    out = await shown(path, capfd)
    assert "kept" in out
    assert "new" in out
    assert "other" not in out
    assert repository.git("status", "--porcelain", at=path) == before == "?? new\n"


async def test_in_the_repository_itself_it_is_what_is_not_committed(repository, capfd):
    repository.commit()
    (repository.path / "kept").write_text("changed\n")
    assert "kept" in await shown(repository.path, capfd)
    assert "kept" not in await shown(repository.path, capfd, "--", "nothing")


async def test_without_a_commit_everything_is_new(repository, tmp_path, capfd):
    empty = tmp_path / "empty"
    repository.git("init", "--quiet", "--initial-branch=main", str(empty))
    (empty / "first").write_text("first\n")
    assert "first" in await shown(empty, capfd)


async def test_a_history_of_its_own_is_compared_with_its_last_commit(
    repository, capfd, monkeypatch
):
    path = repository.add_worktree("fix")
    repository.git("switch", "--quiet", "--orphan", "void", at=path)
    (path / "first").write_text("first\n")
    repository.commit(at=path)
    monkeypatch.setitem(os.environ, "GIT_PAGER", "cat")
    assert await shown(path, capfd) == ""
