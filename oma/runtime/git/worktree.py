"""Which working tree a directory is in, and which others its repository has."""

import os
from pathlib import Path

import attrs

from oma.errors import OmaError
from oma.git.worktree_list import ListedWorktree, parse_worktrees
from oma.model.printable import printable
from oma.runtime.git.git_process import ask_git, read_git
from oma.runtime.small_files import read_beginning

BRANCH_FILE = "oma-branch"
"""In git's own directory of a worktree: the branch that was made for it; removed with it."""


@attrs.frozen
class Worktree:
    """A working tree that is there."""

    path: Path
    git_directory: Path
    """What git keeps of this one alone."""
    common_directory: Path
    """What git keeps of the whole repository."""

    @property
    def is_main(self) -> bool:
        """The repository itself, and no worktree that was added to it."""
        return self.git_directory == self.common_directory

    @property
    def made_branch(self) -> str:
        """The branch that was made for it; empty where it was there before."""
        return read_beginning(self.git_directory / BRANCH_FILE).rstrip("\n")


async def find_worktree(directory: str | os.PathLike[str]) -> Worktree:
    """Return the working tree that a directory is in.

    Raises:
        NoGitError: git is not installed.
        OmaError: The directory is in none, or is not there.
    """
    answer = await ask_git(
        directory,
        *("rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir"),
        "--git-common-dir",
    )
    lines = answer.output.decode(errors="surrogateescape").splitlines()
    if answer.status != 0 or len(lines) != 3:
        why = answer.complaint.removeprefix("fatal: ") or "its path cannot be read"
        raise OmaError(f"{printable(str(directory))}: {why}")
    return Worktree(*map(real_path, lines))


def real_path(path: str) -> Path:
    """Return a path without links in it."""
    return Path(os.path.realpath(path))


async def list_worktrees(directory: str | os.PathLike[str]) -> tuple[ListedWorktree, ...]:
    """Return the working trees of the repository that a directory is in, the main one first.

    Raises:
        OmaError: As `find_worktree`.
    """
    return parse_worktrees(await read_git(directory, "worktree", "list", "--porcelain", "-z"))
