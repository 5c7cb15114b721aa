"""Which git repository a directory is in, and its branch: read from git's own files, git is never run.

What these files hold is hostile: a repository may come from anywhere. Only regular files are read, and
of each no more than a few kilobytes. All of it blocks.
"""

import os
import stat
from pathlib import Path

import attrs

from oma.model.printable import printable
from oma.runtime.small_files import read_beginning

MOST_PARENTS = 64
"""So far up is a repository looked for."""

LONGEST_BRANCH = 250
"""Characters. No file system that git can keep a branch in has longer names."""

_BRANCH = "ref: refs/heads/"


@attrs.frozen
class Checkout:
    """A working tree of a repository."""

    project: str = ""
    """The directory of the repository: that of the main working tree, where this one was added by
    `git worktree`; empty where there is none."""
    head: Path | None = None
    """The file that names the branch."""


def find_checkout(directory: str) -> Checkout:
    """Return the working tree that a directory is in."""
    here = Path(directory)
    if not here.is_absolute():
        return Checkout()
    for parent in (here, *here.parents)[:MOST_PARENTS]:
        git = _git_directory(parent)
        if git is not None:
            return Checkout(_project(parent, git), git / "HEAD")
    return Checkout()


def read_branch(checkout: Checkout) -> str:
    """Return the branch that is checked out; empty where none is, or it is not told."""
    text = "" if checkout.head is None else read_beginning(checkout.head)
    branch = printable(text[len(_BRANCH) :].rstrip("\n")) if text.startswith(_BRANCH) else ""
    # `.invalid` stands there where git keeps its branches in a table.
    return "" if branch.startswith(".") or len(branch) > LONGEST_BRANCH else branch


def _git_directory(working_tree: Path) -> Path | None:
    """Return where git keeps what belongs to a working tree; `None` where this is none."""
    place = working_tree / ".git"
    if _is_file(place / "HEAD"):
        return place
    key, _, path = read_beginning(place).partition(": ")
    git = working_tree / path.rstrip("\n")
    return git if key == "gitdir" and path and _is_file(git / "HEAD") else None


def _project(working_tree: Path, git: Path) -> str:
    """Return the directory of the repository that a working tree belongs to."""
    common = read_beginning(git / "commondir").rstrip("\n")
    if not common:
        return str(working_tree)
    shared = Path(os.path.normpath(git / common))
    return str(shared.parent if shared.name == ".git" else shared)


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return False
