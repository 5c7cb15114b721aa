"""What would be lost if a worktree and its branch were removed. Pure.

Whatever is not in a commit on another branch, and is no copy of what the main working tree has, counts:
the agent may have made it, and nobody else has it.
"""

from collections.abc import Iterable, Sequence

import attrs

from oma.git.working_tree_status import GitStatus
from oma.model.printable import printable

MOST_NAMED = 50
"""So many of a kind are named; the rest is counted."""

_SUBMODULE = "160000"

OPERATIONS = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "BISECT_LOG": "a bisection",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase, or patches that are applied",
}
"""File of git's that is there while something goes on → what that is."""


@attrs.frozen
class Unsaved:
    """One kind of what would be lost."""

    kind: str
    """`uncommitted`, `untracked`…"""
    names: tuple[str, ...]
    """Paths, commits or stashes; hostile."""


@attrs.frozen
class IndexFacts:
    """What the index says beyond the status."""

    unwatched: tuple[str, ...] = ()
    """Paths that git was told to take as unchanged: their changes show nowhere."""
    submodules: tuple[str, ...] = ()


def parse_index(output: bytes) -> IndexFacts:
    """Return what `git ls-files -v -s -z` says."""
    unwatched, submodules = [], []
    for line in output.decode(errors="surrogateescape").split("\0"):
        facts, _, path = line.partition("\t")
        tag, _, rest = facts.partition(" ")
        if tag.islower() or tag == "S":
            unwatched.append(path)
        if rest.startswith(_SUBMODULE):
            submodules.append(path)
    return IndexFacts(tuple(unwatched), tuple(submodules))


def parse_stashes(output: bytes, branch: str) -> tuple[str, ...]:
    """Return the stashes that were made on a branch, or on none where it is empty.

    Args:
        output: Of `git stash list -z --format=%gd%x09%gs`.
        branch: Which.
    """
    place = branch or "(no branch)"
    found = []
    for line in output.decode(errors="surrogateescape").split("\0"):
        name, _, subject = line.partition("\t")
        if subject.startswith((f"WIP on {place}: ", f"On {place}: ")):
            found.append(f"{name} {subject}")
    return tuple(found)


def parse_commits(output: bytes) -> tuple[str, ...]:
    """Return the lines of `git log -z`: one commit each."""
    return tuple(line for line in output.decode(errors="replace").split("\0") if line)


def unsaved(
    status: GitStatus,
    copies: Iterable[str] = (),
    *,
    unwatched: Sequence[str] = (),
    submodules: Sequence[str] = (),
    stashes: Sequence[str] = (),
    commits: Sequence[str] = (),
    operations: Sequence[str] = (),
) -> tuple[Unsaved, ...]:
    """Return everything that would be lost; empty where nothing would be.

    Args:
        status: Of the worktree, with what is ignored.
        copies: Paths of it whose content the main working tree has as well.
        unwatched: Files that are there and that git takes as unchanged whatever they hold.
        submodules: Those that are checked out: their repositories are a part of the worktree.
        stashes: Made on its branch.
        commits: That no other branch has.
        operations: What goes on: see `OPERATIONS`.
    """
    same = frozenset(copies)
    kinds = {
        "under way": operations,
        "in conflict": status.conflicts,
        "uncommitted": (*status.changed, *(path for path in unwatched if path not in same)),
        "untracked": tuple(path for path in status.untracked if path not in same),
        "ignored by git": tuple(path for path in status.ignored if path not in same),
        "in a submodule": submodules,
        "stashed": stashes,
        "in no other branch": commits,
    }
    return tuple(Unsaved(kind, tuple(names)) for kind, names in kinds.items() if names)


def unnamed(found: Iterable[Unsaved], named: Iterable[Unsaved]) -> tuple[Unsaved, ...]:
    """Return what was found and is not among what was named before."""
    known = {(each.kind, name) for each in named for name in each.names}
    rest = (
        Unsaved(each.kind, tuple(name for name in each.names if (each.kind, name) not in known))
        for each in found
    )
    return tuple(each for each in rest if each.names)


def unsaved_lines(found: Iterable[Unsaved], most: int | None = MOST_NAMED) -> list[str]:
    """Return one line for each thing that would be lost, fit for a terminal.

    Args:
        found: What would be lost.
        most: So many of a kind are named, and the rest is counted; `None` names all.
    """
    lines = []
    for each in found:
        named = each.names[:most]
        lines += [f"  {each.kind}: {printable(name)}" for name in named]
        if len(named) < len(each.names):
            lines.append(f"  {each.kind}: and {len(each.names) - len(named)} more")
    return lines
