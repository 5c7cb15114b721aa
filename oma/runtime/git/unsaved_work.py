"""Looks what would be lost if a worktree were removed. Changes nothing."""

import os
from collections.abc import Iterable
from pathlib import Path

import attrs
import trio

from oma.git.unsaved import (
    OPERATIONS,
    Unsaved,
    parse_commits,
    parse_index,
    parse_stashes,
    unsaved,
)
from oma.git.working_tree_status import GitStatus, parse_status
from oma.git.worktree_list import ListedWorktree
from oma.runtime.git.git_process import ask_git, read_git
from oma.runtime.git.worktree import Worktree
from oma.runtime.git.worktree_files import copies_among

_STATUS = (
    *("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all"),
    *("--ignored=matching", "--ignore-submodules=none", "--no-renames"),
)


@attrs.frozen
class WorktreeLook:
    """A worktree as it is now."""

    status: GitStatus
    commit: str
    """That is checked out; empty where there is none."""
    copies: tuple[str, ...]
    """Paths whose content the main working tree has as well."""
    unsaved: tuple[Unsaved, ...]
    drops_branch: bool
    """Its branch was made for it, and is removed with it."""


async def look_at_worktree(worktree: Worktree, main: ListedWorktree) -> WorktreeLook:
    """Return what is in a worktree, and what of it would be lost.

    Raises:
        OmaError: git refused.
    """
    path = worktree.path
    status = parse_status(await read_git(path, *_STATUS))
    index = parse_index(await read_git(path, "ls-files", "-v", "-s", "-z"))
    unwatched = _there(path, index.unwatched)
    submodules = _there(path, index.submodules, ".git")
    candidates = (*status.untracked, *status.ignored)
    copies: tuple[str, ...] = ()
    if not main.is_bare:
        copies = await trio.to_thread.run_sync(copies_among, Path(main.path), path, candidates)
    drops_branch = bool(status.branch) and status.branch == worktree.made_branch
    commit, commits = await _commits(path, status.branch if drops_branch else "")
    stashes = await read_git(path, "stash", "list", "-z", "--format=%gd%x09%gs")
    return WorktreeLook(
        status,
        commit,
        copies,
        unsaved(
            status,
            copies,
            unwatched=unwatched,
            submodules=submodules,
            stashes=parse_stashes(stashes, status.branch),
            commits=commits,
            operations=[OPERATIONS[name] for name in _there(worktree.git_directory, OPERATIONS)],
        ),
        drops_branch,
    )


def _there(directory: Path, names: Iterable[str], within: str = "") -> list[str]:
    return [name for name in names if os.path.lexists(directory / name / within)]


async def _commits(path: Path, dropped: str) -> tuple[str, tuple[str, ...]]:
    """Return what is checked out, and the commits that no branch has but one that is dropped."""
    head = await ask_git(path, "rev-parse", "--verify", "--quiet", "HEAD")
    if head.status != 0:
        return "", ()  # a branch without a commit
    excluded = () if not dropped else (f"--exclude={dropped}",)
    lines = await read_git(
        path,
        *("log", "-z", "--no-show-signature", "--format=%h %s", "HEAD"),
        *("--not", *excluded, "--branches", "--remotes"),
    )
    return head.output.decode().strip(), parse_commits(lines)
