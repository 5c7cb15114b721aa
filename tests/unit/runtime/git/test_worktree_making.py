"""Worktrees are made, or taken up, and never put over anything."""

import shutil

import attrs
import pytest

from oma.errors import ConfigError, OmaError
from oma.runtime.git.worktree import find_worktree
from oma.runtime.git.worktree_making import WorktreeMaker, WorktreePlan

MAKER = WorktreeMaker("{repository}-{branch}", (".env",), ("cache",))


@pytest.fixture
def plan(repository):
    """Give what is wanted: a worktree of `fix`."""
    return WorktreePlan(repository.path, "fix", "bob")


async def test_a_branch_is_made_where_we_are(repository, plan):
    (repository.path / ".env").write_text("secret")
    made = await MAKER.make(plan)

    assert made.path == repository.path.parent / "app-fix"
    assert made.what == "made branch fix, with .env"
    assert made.is_new
    assert (made.path / ".env").read_text() == "secret"
    assert (await find_worktree(made.path)).made_branch == "fix"
    assert repository.git("rev-parse", "fix") == repository.git("rev-parse", "main")


async def test_a_base_is_where_a_branch_begins(repository, plan):
    first = repository.git("rev-parse", "HEAD")
    repository.commit()
    await MAKER.make(attrs.evolve(plan, base="HEAD~1"))
    assert repository.git("rev-parse", "fix") == first


async def test_a_branch_that_is_there_is_checked_out_and_not_ours(repository, plan):
    repository.git("branch", "fix")
    made = await MAKER.make(plan)
    assert made.what == "checked out fix"
    assert (await find_worktree(made.path)).made_branch == ""


async def test_a_branch_of_one_remote_is_tracked(repository, plan):
    repository.git("update-ref", "refs/remotes/origin/fix", "HEAD")
    repository.git("config", "remote.origin.url", str(repository.path))
    repository.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    made = await MAKER.make(plan)
    assert made.what == "checked out origin/fix"
    upstream = repository.git("rev-parse", "--abbrev-ref", "fix@{upstream}")
    assert upstream == "origin/fix\n"


async def test_a_worktree_that_is_there_is_taken_up_from_within_another_one(repository, plan):
    path = repository.add_worktree("fix")
    other = repository.add_worktree("other")
    made = await MAKER.make(attrs.evolve(plan, directory=other))
    assert (made.path, made.what, made.is_new) == (path, "took up fix", False)


async def test_one_whose_directory_vanished_is_restored(repository, plan):
    path = repository.add_worktree("fix")
    shutil.rmtree(path)
    made = await MAKER.make(plan)
    assert (made.path, made.what) == (path, "restored fix")
    assert (path / "kept").exists()


async def test_one_that_is_locked_and_away_is_left_alone(repository, plan):
    path = repository.add_worktree("fix")
    repository.git("worktree", "lock", str(path))
    shutil.rmtree(path)
    with pytest.raises(OmaError, match="is locked and its directory is not there"):
        await MAKER.make(plan)


async def test_a_directory_that_holds_something_is_left_alone(repository, plan):
    (repository.path.parent / "app-fix").mkdir()
    (repository.path.parent / "app-fix" / "file").touch()
    with pytest.raises(OmaError, match="is there already"):
        await MAKER.make(plan)


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"branch": "main"}, OmaError, "is checked out in .*/app itself"),
        ({"branch": "a..b"}, ConfigError, "git takes no such name"),
        ({"branch": "-f"}, ConfigError, "git takes no such name"),
        ({"base": "nothing"}, OmaError, "--base 'nothing': no such commit"),
        ({"base": "--help"}, OmaError, "no such commit"),
        ({"branch": "main", "base": "HEAD"}, OmaError, "--base is for a new one"),
    ],
)
async def test_what_cannot_be_made_is_refused(repository, plan, changed, error, words):
    with pytest.raises(error, match=words):
        await MAKER.make(attrs.evolve(plan, **changed))
    assert not (repository.path.parent / "app-fix").exists()


async def test_a_repository_without_a_commit_is_refused(repository, plan, tmp_path):
    repository.git("init", "--quiet", "--initial-branch=main", str(tmp_path / "empty"))
    with pytest.raises(OmaError, match="there is no commit yet"):
        await MAKER.make(attrs.evolve(plan, directory=tmp_path / "empty"))
    repository.git("branch", "old")
    with pytest.raises(OmaError, match="--base is for a new one"):
        await MAKER.make(attrs.evolve(plan, branch="old", base="HEAD"))
    wanted = attrs.evolve(plan, branch="old", base="HEAD", may_be_there=True)
    assert [(await MAKER.make(wanted)).what for _ in "12"] == ["checked out old", "took up old"]
