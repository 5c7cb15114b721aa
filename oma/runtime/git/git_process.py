"""Runs git, by arguments and never by a shell.

A repository may come from anywhere: its hooks and its file watcher are not run by what only looks, and no
variable of ours sends git to another repository.
"""

import os
import subprocess  # noqa: TID251  # for its DEVNULL constant only
from collections.abc import Mapping
from types import MappingProxyType

import attrs
import trio

from oma.errors import OmaError
from oma.model.printable import printable

PATIENCE_S = 60.0
"""How long a look at a repository may take; a large one on a cold disk takes seconds."""

_QUIET = (
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "log.showSignature=false"),
    *("-c", "core.quotePath=false"),
)


NO_GIT = "not installed: worktrees need it, everything else works without"
"""What is said of git where it is none."""


class NoGitError(OmaError):
    """git is not installed."""


@attrs.frozen
class GitAnswer:
    """What git said."""

    status: int
    output: bytes
    complaint: str
    """Its last words on stderr, on one line."""


_TOOLS = (
    *("GIT_PAGER", "GIT_EXTERNAL_DIFF", "GIT_EDITOR", "GIT_SSH", "GIT_AUTHOR_", "GIT_COMMITTER_"),
    *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
)
"""Beginnings of the variables that say which programs git uses, and whose name it writes."""


def git_location(environ: Mapping[str, str]) -> dict[str, str]:
    """Return our environment without what would send git to another repository; the user's tools stay."""
    return {
        name: value
        for name, value in environ.items()
        if not name.startswith("GIT_") or name.startswith(_TOOLS)
    } | {"GIT_OPTIONAL_LOCKS": "0"}


def git_variables(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a git whose output is read by us."""
    return git_location(environ) | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


async def ask_git(
    directory: str | os.PathLike[str], *words: str, patience_s: float = PATIENCE_S
) -> GitAnswer:
    """Run git to its end; it changes nothing that the words do not ask for, and runs no hook.

    Raises:
        NoGitError: git is not installed.
        OmaError: The directory is not there, or git takes too long.
    """
    return await _run(directory, [*_QUIET, *words], patience_s)


async def read_git(directory: str | os.PathLike[str], *words: str) -> bytes:
    """As `ask_git`; return what it printed.

    Raises:
        OmaError: git refused, in its own words; or as `ask_git`.
    """
    answer = await ask_git(directory, *words)
    if answer.status != 0:
        raise OmaError(f"git {words[0]}: {answer.complaint or f'ended with {answer.status}'}")
    return answer.output


async def change_git(
    directory: str | os.PathLike[str],
    *words: str,
    doing: str,
    more: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Have git do something, with the hooks of the repository, as a user would; for as long as it takes.

    Args:
        directory: Where.
        words: What.
        doing: The same in the words of the message: `to add the worktree`.
        more: Variables for it.

    Raises:
        OmaError: git refused, in its own words; or as `ask_git`.
    """
    answer = await _run(directory, list(words), float("inf"), more)
    if answer.status != 0:
        raise OmaError(f"git refused {doing}: {answer.complaint or f'status {answer.status}'}")


async def _run(
    directory: str | os.PathLike[str],
    words: list[str],
    patience_s: float,
    more: Mapping[str, str] = MappingProxyType({}),
) -> GitAnswer:
    if not os.access(directory, os.X_OK):
        raise OmaError(f"{printable(str(directory))}: no such directory")
    try:
        with trio.move_on_after(patience_s):
            done = await trio.run_process(
                ["git", "-C", str(directory), *words],
                capture_stdout=True,
                capture_stderr=True,
                check=False,
                stdin=subprocess.DEVNULL,
                env=git_variables(os.environ) | dict(more),
                start_new_session=True,
            )
            complaint = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            return GitAnswer(done.returncode, done.stdout, printable(complaint))
    except (FileNotFoundError, PermissionError):
        raise NoGitError(f"git is {NO_GIT}") from None
    raise OmaError(f"git takes too long in {printable(str(directory))}")
