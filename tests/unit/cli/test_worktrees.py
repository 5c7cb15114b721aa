"""A worktree is prepared as the configuration says, and what is done is said."""

import pytest

from oma.cli.worktrees import prepare_worktree
from oma.config.worktree_section import WorktreeSection
from oma.errors import OmaError
from oma.runtime.git.worktree_making import WorktreePlan
from tests.support.git_repository import GitRepository


@pytest.fixture
def plan(tmp_path):
    """Give what is wanted."""
    return WorktreePlan(GitRepository.make(tmp_path / "app").path, "fix", "bob")


async def test_a_new_one_is_set_up_before_anything_runs_there(plan, capfd):
    setup = ("sh", "-c", "echo setting up; touch done")
    path = await prepare_worktree(WorktreeSection(setup=setup), plan)
    assert (path / "done").exists()
    shown = capfd.readouterr()
    assert shown.out == ""
    assert "oma: made branch fix in" in shown.err
    assert "\nsetting up\n" in shown.err

    (path / "done").unlink()
    assert await prepare_worktree(WorktreeSection(setup=setup), plan) == path
    assert not (path / "done").exists()
    assert "took up fix" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("setup", "why"),
    [(("false",), "ended with 1"), (("/no/such",), "cannot be run: no such file")],
)
async def test_a_setup_that_fails_starts_nothing_and_the_worktree_stays(plan, setup, why):
    with pytest.raises(OmaError, match=rf"{why}.*: no agent was started. The worktree .* stays"):
        await prepare_worktree(WorktreeSection(setup=setup), plan)
    assert (plan.directory.parent / "app-worktrees" / "fix").exists()
