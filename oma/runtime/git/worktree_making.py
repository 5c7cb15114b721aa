"""Makes a worktree for an agent, or takes up one that is there."""

import os
from pathlib import Path

import attrs
import trio

from oma.errors import ConfigError, OmaError
from oma.git.worktree_list import ListedWorktree
from oma.git.worktree_place import worktree_path
from oma.model.printable import printable
from oma.runtime.git.git_process import ask_git, change_git, read_git
from oma.runtime.git.worktree import BRANCH_FILE, find_worktree, list_worktrees
from oma.runtime.git.worktree_files import carry_files


@attrs.frozen
class WorktreePlan:
    """What worktree is wanted."""

    directory: Path
    """In the repository, or in a worktree of it."""
    branch: str
    agent: str
    """The name of the agent, without the prefix."""
    base: str | None = None
    """Where a new branch begins; `None` is what is checked out in `directory`."""
    may_be_there: bool = False
    """The branch is taken up where it is there, whatever `base` says."""

    def refuse_base(self) -> None:
        """Refuse a base for the branch, which is there already.

        Raises:
            OmaError: There is one, and the branch must be new.
        """
        if self.base is not None and not self.may_be_there:
            raise OmaError(f"branch {self.branch!r} is there already: --base is for a new one")


@attrs.frozen
class MadeWorktree:
    """A worktree that an agent can work in."""

    path: Path
    what: str
    """What became of it, in words for the user."""
    is_new: bool


@attrs.frozen
class WorktreeMaker:
    """Makes worktrees as the user has set.

    Args:
        template: Of their directories: see `worktree_path`.
        copied: Paths that are copied from the main working tree.
        linked: Paths that become links to it.
    """

    template: str
    copied: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()

    async def make(self, plan: WorktreePlan) -> MadeWorktree:
        """Return a worktree of the branch: the one that it has, else a new one; with its files.

        A branch that is there, here or at one remote, is checked out; else one is made.

        Raises:
            NoGitError: git is not installed.
            ConfigError: It is no name for a branch.
            OmaError: There is no repository, or git refused.
        """
        here = await find_worktree(plan.directory)
        listed = await list_worktrees(here.path)
        await _check_branch(here.path, plan.branch)
        for number, worktree in enumerate(listed):
            if worktree.branch == plan.branch:
                return await self._taken_up(plan, listed, number)
        path = self._free_path(plan, listed[0])
        start = await _start_of(here.path, plan)
        await self._add(here.path, path, start)
        made = await find_worktree(path)
        if start.makes_branch:
            (made.git_directory / BRANCH_FILE).write_text(f"{plan.branch}\n")
        return MadeWorktree(path, await self._filled(listed[0], path, start.what), is_new=True)

    async def _taken_up(
        self, plan: WorktreePlan, listed: tuple[ListedWorktree, ...], number: int
    ) -> MadeWorktree:
        worktree = listed[number]
        plan.refuse_base()
        if number == 0:
            raise OmaError(
                f"branch {plan.branch!r} is checked out in {printable(worktree.path)} itself: "
                "name another branch, or leave out --worktree"
            )
        if os.access(worktree.path, os.X_OK):
            await find_worktree(worktree.path)
            return MadeWorktree(Path(worktree.path), f"took up {plan.branch}", is_new=False)
        if worktree.locked is not None:
            raise OmaError(
                f"the worktree of {plan.branch!r} is locked and its directory is not there: "
                f"{printable(worktree.path)}"
            )
        path = Path(worktree.path)
        start = _Start(("--force", "--", worktree.path, plan.branch), f"restored {plan.branch}")
        await self._add(Path(listed[0].path), path, start)
        return MadeWorktree(path, await self._filled(listed[0], path, start.what), is_new=True)

    def _free_path(self, plan: WorktreePlan, main: ListedWorktree) -> Path:
        template = os.path.expanduser(self.template)
        path = Path(worktree_path(template, main.path, plan.branch, plan.agent))
        if os.path.lexists(path) and not (path.is_dir() and not any(path.iterdir())):
            raise OmaError(f"{printable(str(path))} is there already, and is no worktree of it")
        return path

    async def _add(self, directory: Path, path: Path, start: "_Start") -> None:
        words = [str(path) if word == _PATH else word for word in start.words]
        await change_git(directory, "worktree", "add", *words, doing="to add the worktree")

    async def _filled(self, main: ListedWorktree, path: Path, what: str) -> str:
        if main.is_bare or not (self.copied or self.linked):
            return what
        done = await trio.to_thread.run_sync(
            carry_files, Path(main.path), path, self.copied, self.linked
        )
        return f"{what}, with {', '.join(done)}" if done else what


_PATH = "\0"
"""In place of the path of the worktree."""


@attrs.frozen
class _Start:
    words: tuple[str, ...]
    what: str
    makes_branch: bool = False


async def _check_branch(directory: Path, branch: str) -> None:
    checked = await ask_git(directory, "check-ref-format", f"refs/heads/{branch}")
    if checked.status != 0 or branch.startswith("-"):
        raise ConfigError(f"branch {branch!r}: git takes no such name")


async def _start_of(directory: Path, plan: WorktreePlan) -> _Start:
    branch = plan.branch
    is_there = await ask_git(directory, "show-ref", "--verify", "--quiet", f"refs/heads/{branch}")
    if is_there.status == 0:
        plan.refuse_base()
        return _Start(("--", _PATH, branch), f"checked out {branch}")
    if plan.base is None:
        pattern = "--format=%(refname)"
        remote = await read_git(directory, "for-each-ref", pattern, f"refs/remotes/*/{branch}")
        names = remote.decode(errors="surrogateescape").splitlines()
        if len(names) == 1:
            words = ("--track", "-b", branch, "--", _PATH, names[0])
            what = f"checked out {names[0].removeprefix('refs/remotes/')}"
            return _Start(words, what, makes_branch=True)
    base = plan.base or "HEAD"
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    found = await ask_git(directory, *verify)
    if found.status != 0:
        what = (
            "there is no commit yet" if plan.base is None else f"--base {base!r}: no such commit"
        )
        raise OmaError(f"{printable(str(directory))}: {what}")
    commit = found.output.decode().strip()
    words = ("--no-track", "-b", branch, "--", _PATH, commit)
    return _Start(words, f"made branch {branch}", makes_branch=True)
