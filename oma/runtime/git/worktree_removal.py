"""Removes a worktree and the branch that was made for it, and nothing that was not named before."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs
import trio

from oma.errors import OmaError, UnsavedWorkError
from oma.git.unsaved import Unsaved, unnamed, unsaved_lines
from oma.git.worktree_list import ListedWorktree
from oma.model.printable import printable
from oma.runtime.client.server_file import held_file
from oma.runtime.git.git_process import ask_git, change_git
from oma.runtime.git.unsaved_work import WorktreeLook, look_at_worktree
from oma.runtime.git.worktree import Worktree, find_worktree, list_worktrees, real_path
from oma.runtime.git.worktree_files import remove_copies

LOCK = "oma-worktrees.lock"
"""In the repository's own directory: two removals at once might each trust the branch of the other."""


@attrs.frozen
class RemovalPlan:
    """A worktree that may be removed, as far as git has a say."""

    worktree: Worktree
    main: ListedWorktree
    look: WorktreeLook

    @property
    def words(self) -> str:
        """What it is, for the user."""
        branch = self.look.status.branch
        what = f"worktree {printable(str(self.worktree.path))}"
        if self.look.drops_branch:
            return f"{what} and branch {printable(branch)}"
        return f"{what} (branch {printable(branch)} stays)" if branch else what


async def plan_removal(directory: str | os.PathLike[str]) -> RemovalPlan:
    """Return what removing the worktree that a directory is in would mean. Changes nothing.

    Raises:
        OmaError: The directory is in no worktree that was added to a repository, or it is locked.
    """
    worktree = await find_worktree(directory)
    listed = await list_worktrees(worktree.path)
    if worktree.is_main:
        raise OmaError(
            f"{printable(str(worktree.path))} is the repository itself, of which nothing is removed"
        )
    own = [each for each in listed if real_path(each.path) == worktree.path]
    if own and own[0].locked is not None:
        why = f": {printable(own[0].locked)}" if own[0].locked else ""
        raise OmaError(
            f"the worktree {printable(str(worktree.path))} is locked{why}; "
            "'git worktree unlock' lets it be removed"
        )
    return RemovalPlan(worktree, listed[0], await look_at_worktree(worktree, listed[0]))


def refuse_unsaved(plan: RemovalPlan, named: Sequence[Unsaved]) -> None:
    """Refuse to remove what would be lost and is not among what was named.

    Raises:
        UnsavedWorkError: There is such; it names all of it.
    """
    left = unnamed(plan.look.unsaved, named)
    if left:
        count = sum(len(each.names) for each in left)
        what = f"{count} thing{'s' * (count > 1)} would be lost with {plan.words}"
        error = UnsavedWorkError(f"nothing was removed: {what}")
        error.lines = tuple(unsaved_lines(left))
        raise error


async def remove_worktree(path: Path, named: Sequence[Unsaved]) -> str:
    """Remove a worktree, and the branch that was made for it; say in words what was removed.

    It is looked at once more before that.

    Args:
        path: Of the worktree.
        named: What may be lost: the user was told of it.

    Raises:
        UnsavedWorkError: Something else would be lost; it names it, and nothing was removed.
        OmaError: It cannot be removed.
    """
    before = await plan_removal(path)
    with _alone(before.worktree):
        plan = await plan_removal(path)
        refuse_unsaved(plan, named)
        worktree, look = plan.worktree, plan.look
        await trio.to_thread.run_sync(remove_copies, worktree.path, look.copies)
        # Without --force git looks once more by itself.
        force = ("--force",) if look.unsaved else ()
        home = Path(plan.main.path)
        words = ("worktree", "remove", *force, "--", str(worktree.path))
        await change_git(home, *words, doing="to remove the worktree")
        dropped = look.drops_branch and await _drop_branch(home, look)
        branch = printable(look.status.branch)
        said = f"removed worktree {printable(str(worktree.path))}"
        if dropped:
            return f"{said} and branch {branch}"
        return f"{said}; branch {branch} stays" if branch else said


async def _drop_branch(home: Path, look: WorktreeLook) -> bool:
    """Remove the branch if it still ends where it was looked at, and no other worktree has it."""
    branch = look.status.branch
    if any(each.branch == branch for each in await list_worktrees(home)):
        return False
    words = ("update-ref", "-d", f"refs/heads/{branch}", look.commit)
    if not look.commit or (await ask_git(home, *words)).status != 0:
        return False
    await ask_git(home, "config", "--local", "--remove-section", f"branch.{branch}")
    return True


@contextmanager
def _alone(worktree: Worktree) -> Iterator[None]:
    def taken(_descriptor: int) -> str:
        return "another oma removes a worktree of this repository: try again"

    with held_file(worktree.common_directory / LOCK, taken):
        yield
