"""What `git worktree list --porcelain -z` says. Pure."""

import attrs

_BRANCH = "refs/heads/"


@attrs.frozen
class ListedWorktree:
    """One working tree of a repository; the first that is listed is the main one."""

    path: str
    branch: str = ""
    """Empty where none is checked out."""
    is_bare: bool = False
    locked: str | None = None
    """Why it must not be removed, where that was said; `None` where it may be."""


def parse_worktrees(output: bytes) -> tuple[ListedWorktree, ...]:
    """Return the working trees in the order of the list."""
    found: list[ListedWorktree] = []
    for line in output.decode(errors="surrogateescape").split("\0"):
        key, _, value = line.partition(" ")
        if key == "worktree":
            found.append(ListedWorktree(value))
        elif found:
            found[-1] = _told(found[-1], key, value)
    return tuple(found)


def _told(worktree: ListedWorktree, key: str, value: str) -> ListedWorktree:
    match key:
        case "branch":
            return attrs.evolve(worktree, branch=value.removeprefix(_BRANCH))
        case "bare":
            return attrs.evolve(worktree, is_bare=True)
        case "locked":
            return attrs.evolve(worktree, locked=value)
        case _:
            return worktree
