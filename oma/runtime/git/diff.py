"""Shows what was changed in a working tree, with the user's own pager and tools."""

import os
import shutil
import tempfile
from pathlib import Path

import trio

from oma.runtime.git.git_process import ask_git, change_git, git_location
from oma.runtime.git.worktree import Worktree, list_worktrees

_INDEX = "GIT_INDEX_FILE"


async def show_diff(worktree: Worktree, words: tuple[str, ...]) -> int:
    """Show all changes since the worktree left the main working tree; return git's exit code.

    In the repository itself it is what is not committed. Files that git does not follow are shown, too; the
    index stays as it is: a copy of it is used.

    Args:
        worktree: Which.
        words: More arguments of `git diff`.

    Raises:
        OmaError: git refused.
    """
    base = await _base(worktree)
    environment = git_location(os.environ)
    with tempfile.TemporaryDirectory(prefix="oma-diff-") as folder:
        index = Path(folder, "index")
        if (worktree.git_directory / "index").exists():
            shutil.copyfile(worktree.git_directory / "index", index)
        environment |= {_INDEX: str(index)}
        await change_git(
            worktree.path,
            *("add", "--intent-to-add", "--", ":/"),
            doing="to look at new files",
            more={_INDEX: str(index)},
        )
        program = ["git", "-C", str(worktree.path), "--paginate", "diff", *base, *words]
        done = await trio.run_process(program, stdin=None, check=False, env=environment)
    return done.returncode


async def _base(worktree: Worktree) -> tuple[str, ...]:
    """Return the commit to compare with; none where there is no commit yet."""
    head = await ask_git(worktree.path, "rev-parse", "--verify", "--quiet", "HEAD")
    if head.status != 0:
        return ()
    if worktree.is_main:
        return ("HEAD",)
    main = (await list_worktrees(worktree.path))[0]
    there = await ask_git(main.path, "rev-parse", "--verify", "--quiet", "HEAD")
    if there.status != 0:
        return ("HEAD",)
    commits = there.output.decode().strip(), head.output.decode().strip()
    found = await ask_git(worktree.path, "merge-base", *commits)
    return (found.output.decode().strip() if found.status == 0 else "HEAD",)
