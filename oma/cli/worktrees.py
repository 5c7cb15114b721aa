"""Worktrees for agents, as the configuration asks for them; what is done is said on stderr."""

import sys
from pathlib import Path

import trio

from oma.config.worktree_section import WorktreeSection
from oma.errors import OmaError
from oma.model.printable import printable
from oma.runtime.git.worktree_making import WorktreeMaker, WorktreePlan


async def prepare_worktree(options: WorktreeSection, plan: WorktreePlan) -> Path:
    """Return the directory of a worktree that is there and set up; the setup is shown as it runs.

    Raises:
        OmaError: There is none and none can be made, or its setup failed: it stays then.
    """
    maker = WorktreeMaker(options.directory, options.copy, options.link)
    made = await maker.make(plan)
    _say(f"{made.what} in {made.path}")
    if made.is_new and options.setup:
        await _set_up(made.path, options.setup)
    return made.path


async def _set_up(path: Path, command: tuple[str, ...]) -> None:
    _say(f"runs {' '.join(command)}")
    try:
        # Its output is for the user, and no result of ours.
        done = await trio.run_process(
            list(command), cwd=path, stdin=None, stdout=sys.stderr.fileno(), check=False
        )
        status = done.returncode
        why = f"ended with {status}" if status else ""
    except OSError as failure:
        why = f"cannot be run: {(failure.strerror or str(failure)).lower()}"
    if why:
        raise OmaError(
            f"[worktree] setup {command[0]!r} {why}: no agent was started. The worktree {path} stays; "
            "the same command starts the agent there"
        )


def _say(words: str) -> None:
    print(f"oma: {printable(words)}", file=sys.stderr, flush=True)
